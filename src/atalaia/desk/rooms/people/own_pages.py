"""One's own account."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from atalaia.desk.accounts import people
from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.rooms.people import own_actions
from atalaia.desk.rooms.people.forms import IntroductionForm, LooksForm
from atalaia.desk.rooms.people.showing import shown_account
from atalaia.desk.shell.errors import UnreadableError
from atalaia.desk.shell.speech import language_of
from atalaia.desk.shell.way_back import way_back
from atalaia.language.catalogue import translator

__all__ = ["account", "looks"]


@page_for(None)
def account(request: PersonRequest) -> HttpResponse:
    """Show what somebody is to the desk, and change their name and language."""
    own = people.own_account(request.by)
    form = IntroductionForm(
        request.POST or None,
        words=request.words,
        initial={"name": own.name, "language": own.language},
    )
    if request.method == "POST" and form.is_valid():
        own_actions.introduce(by=request.by, now=request.now, **form.cleaned_data)
        spoken = translator(language_of(form.cleaned_data["language"]))
        messages.success(request, spoken.text("Your account is saved."))
        return redirect("people:account")
    told = {
        "form": form,
        "own": shown_account(own, language=request.words.language),
        "has_second_step": is_mfa_enabled(request.user),
    }
    return render(request, "people/account.html", told)


@require_POST
@page_for(None)
def looks(request: PersonRequest) -> HttpResponse:
    """Change language, theme or density, and go back to where that was done."""
    form = LooksForm(request.POST)
    if not form.is_valid() or not form.chosen:
        raise UnreadableError
    own_actions.change_looks(by=request.by, looks=form.chosen, now=request.now)
    onward = request.POST.get("next", "")
    return redirect(way_back(onward, otherwise="people:account"))
