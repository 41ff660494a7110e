"""People: who has an account, and what they hold."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from atalaia.desk.accounts import people
from atalaia.desk.accounts.people_changes import AddressTakenError
from atalaia.desk.accounts.person_request import PersonRequest, page_for
from atalaia.desk.accounts.rights import Right
from atalaia.desk.rooms.people import actions
from atalaia.desk.rooms.people.forms import AddForm, GrantForm
from atalaia.desk.rooms.people.showing import role_choices, shown_account
from atalaia.desk.shell.errors import UnreadableError
from atalaia.desk.shell.refusals import told
from atalaia.domain.codes import RoleCode

__all__ = ["add", "close", "grant", "invite", "listed", "person", "reopen", "revoke"]


@page_for(Right.MANAGE_PEOPLE)
def listed(request: PersonRequest) -> HttpResponse:
    """List the accounts, or those that a text is found in."""
    wanted = request.GET.get("q", "").strip()
    number = request.GET.get("page", "1")
    page = people.accounts(
        by=request.by, wanted=wanted, page=int(number) if number.isdecimal() else 1
    )
    language = request.words.language
    shown = [shown_account(each, language=language) for each in page.object_list]
    told = {"page": page, "shown": shown, "wanted": wanted}
    return render(request, "people/list.html", told)


@page_for(Right.MANAGE_PEOPLE)
def add(request: PersonRequest) -> HttpResponse:
    """Add somebody and send them a link."""
    form = AddForm(
        request.POST or None,
        words=request.words,
        initial={"language": request.words.language},
    )
    if request.method == "POST" and form.is_valid():
        try:
            key = actions.add_person(
                by=request.by, now=request.now, **form.cleaned_data
            )
        except AddressTakenError as error:
            form.add_error("email", told(error, words=request.words))
        else:
            _send(request, key)
            return redirect("people:person", key=key)
    return render(request, "people/add.html", {"form": form})


@page_for(Right.MANAGE_PEOPLE)
def person(request: PersonRequest, key: int) -> HttpResponse:
    """Show one account, its roles, and what can be done with it."""
    role = request.GET.get("role", "")
    form = GrantForm(words=request.words, role=_role(role)) if role else None
    return _person(request, key, form=form)


@require_POST
@page_for(Right.MANAGE_PEOPLE)
def grant(request: PersonRequest, key: int) -> HttpResponse:
    """Give a role."""
    role = _role(request.POST.get("role", ""))
    form = GrantForm(request.POST, words=request.words, role=role)
    if not form.is_valid():
        return _person(request, key, form=form)
    actions.grant_role(
        key,
        by=request.by,
        role=role,
        markets=form.markets,
        agency=form.agency,
        now=request.now,
    )
    return _done(request, key, request.words.text("The role is given."))


@require_POST
@page_for(Right.MANAGE_PEOPLE)
def revoke(request: PersonRequest, key: int, held: int) -> HttpResponse:
    """Take a role away."""
    actions.revoke_role(key, by=request.by, held=held, now=request.now)
    return _done(request, key, request.words.text("The role is taken away."))


@require_POST
@page_for(Right.MANAGE_PEOPLE)
def close(request: PersonRequest, key: int) -> HttpResponse:
    """Close an account."""
    actions.close_account(key, by=request.by, now=request.now)
    return _done(request, key, request.words.text("The account is closed."))


@require_POST
@page_for(Right.MANAGE_PEOPLE)
def reopen(request: PersonRequest, key: int) -> HttpResponse:
    """Open a closed account, and send a link to set a password."""
    actions.reopen_account(key, by=request.by, now=request.now)
    _send(request, key)
    return redirect("people:person", key=key)


@require_POST
@page_for(Right.MANAGE_PEOPLE)
def invite(request: PersonRequest, key: int) -> HttpResponse:
    """Send another link."""
    _send(request, key)
    return redirect("people:person", key=key)


def _person(
    request: PersonRequest, key: int, *, form: GrantForm | None
) -> HttpResponse:
    account = people.account(key, by=request.by)
    language = request.words.language
    told = {
        "person": shown_account(account, language=language),
        "is_own": account.subject == request.by.key,
        "roles": role_choices(language),
        "form": form,
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "people/person.html", told, status=status)


def _role(code: str) -> RoleCode:
    if code not in set(RoleCode):
        raise UnreadableError
    return RoleCode(code)


def _send(request: PersonRequest, key: int) -> None:
    """Send a link; an account is made even where the mail server is not there."""
    try:
        actions.send_link(key, by=request.by, now=request.now)
    except OSError:
        said = request.words.text(
            "The mail server did not take the link; send it again later."
        )
        messages.error(request, said)
    else:
        said = request.words.text("A link to set a password is on its way.")
        messages.success(request, said)


def _done(request: PersonRequest, key: int, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("people:person", key=key)
