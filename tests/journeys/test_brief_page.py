"""The brief as a reader meets it, in a real browser."""

from pathlib import Path

import pytest

from atalaia.language.catalogue import translator
from atalaia.language.format import Voice
from atalaia.reporting.contents.wording.brief import speak
from atalaia.reporting.formats.chat_text import chat_text
from atalaia.reporting.formats.page import brief_page
from reporting.brief_builder import a_brief

pytestmark = pytest.mark.browser

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
LANGUAGES = ["en", "es", "pt"]


@pytest.fixture(scope="module")
def browser():
    # Only `make check` installs it; the fast tests must be collected without.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (only browser tests load it)

    with sync_playwright() as play:
        started = play.chromium.launch(
            executable_path="/usr/bin/chromium", args=ARGUMENTS
        )
        yield started
        started.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The page of one brief in each language, with its chat text."""
    folder = tmp_path_factory.mktemp("pages")
    written = {}
    for language in LANGUAGES:
        brief = a_brief()
        voice = Voice(language=language, market="BR")
        spoken = speak(brief, voice=voice, words=translator(language))
        path = Path(folder / f"brief-{language}.html")
        path.write_text(brief_page(spoken), "utf-8")
        written[language] = (path, chat_text(spoken))
    return written


def test_one_click_copies_the_brief_for_a_chat(browser, pages):
    """The clipboard holds the text version, whole."""
    path, expected = pages["pt"]
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(path.as_uri())
    page.click("#copy")
    page.wait_for_function("document.getElementById('copy-state').textContent !== ''")
    assert page.evaluate("navigator.clipboard.readText()") == expected
    context.close()


def test_a_page_without_a_clipboard_still_gives_the_text(browser, pages):
    """Where the browser has no clipboard the text is opened and selected."""
    path, expected = pages["en"]
    page = browser.new_page()
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
    )
    page.goto(path.as_uri())
    page.click("#copy")
    chosen = "(t => t.value.slice(t.selectionStart, t.selectionEnd))"
    text = page.evaluate(f"{chosen}(document.getElementById('chat-text'))")
    assert text == expected
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_scrolls_sideways(browser, pages, language, width):
    """Neither a phone nor a laptop has to scroll sideways."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(pages[language][0].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_silent_and_alone(browser, pages, language):
    """It writes nothing to the console and asks nothing of any network."""
    page = browser.new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    uri = pages[language][0].as_uri()
    page.goto(uri)
    page.click("#copy")
    assert said == []
    assert [url for url in asked if not url.startswith("data:")] == [uri]
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser, pages, scheme):
    """Body and quiet text keep a contrast of 4.5 to 1 in both schemes."""
    page = browser.new_page(color_scheme=scheme)
    page.goto(pages["en"][0].as_uri())
    ratios = page.evaluate(
        """() => {
          const root = getComputedStyle(document.documentElement);
          const light = name => {
            const hex = root.getPropertyValue('--' + name).trim();
            const rgb = [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16) / 255);
            const lin = rgb.map(
              c => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
            return .2126 * lin[0] + .7152 * lin[1] + .0722 * lin[2];
          };
          const ratio = (a, b) => {
            const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
            return (high + .05) / (low + .05);
          };
          return ['ink', 'muted', 'worse', 'event', 'accent'].flatMap(
            text => ['card', 'paper'].map(ground => ratio(text, ground)));
        }"""
    )
    assert min(ratios) >= 4.5
    page.close()
