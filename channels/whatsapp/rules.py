"""What WhatsApp demands of a template's words; one that breaks a rule is rejected at approval.

https://developers.facebook.com/docs/whatsapp/message-templates/guidelines
https://www.twilio.com/docs/whatsapp/tutorial/message-template-approvals-statuses
https://www.twilio.com/docs/api/errors/63040
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from channels.base import TemplateText
from channels.texts import units
from channels.whatsapp.content import MAX_BODY, MAX_BUTTON_TITLE, MAX_VARIABLE

MAX_BUTTONS: Final = 10  # once approved; more than three are shown behind "See all options"
_NAME: Final = re.compile(r"[a-z0-9_]{1,512}")
_VARIABLE: Final = re.compile(r"\{\{(\w*)\}\}")
_ADJACENT: Final = re.compile(r"\{\{\w*\}\}[^\w{]*\{\{\w*\}\}")
_WORD: Final = re.compile(r"\w+(?:['’]\w+)?")


def problems(text: TemplateText) -> Sequence[str]:
    """What would be rejected, in words; nothing where all is well."""
    return [*_body_problems(text), *_variable_problems(text), *_button_problems(text)]


def _body_problems(text: TemplateText) -> Iterator[str]:
    if not _NAME.fullmatch(text.name):
        yield "the name takes lower case letters, digits and underscores"
    if "\n" in text.body or "\t" in text.body or "    " in text.body:
        yield "the body has a line break, a tab or four spaces in a row"
    numbers = iter(text.samples)
    shown = _VARIABLE.sub(lambda found: next(numbers, found[0]), text.body)
    if not 0 < units(shown) <= MAX_BODY:
        yield f"the body is empty or longer than {MAX_BODY} with its samples"


def _variable_problems(text: TemplateText) -> Iterator[str]:
    names = _VARIABLE.findall(text.body)
    if names != [str(number) for number in range(1, len(names) + 1)]:
        yield "the variables are not {{1}}, {{2}}, ... in this order, each once"
    words = _WORD.findall(_VARIABLE.sub(" ", text.body))
    if len(words) < 2 * len(names) + 1:
        yield f"{len(words)} words are too few for {len(names)} variables: 2x + 1 are needed"
    if _VARIABLE.match(text.body) or re.search(r"\{\{\w*\}\}\W*$", text.body):
        yield "the body begins or ends with a variable"
    if _ADJACENT.search(text.body):
        yield "two variables have no word between them"
    if len(text.samples) != len(names) or not all(map(str.strip, text.samples)):
        yield "each variable needs a sample"
    if any(units(sample) > MAX_VARIABLE or "\n" in sample for sample in text.samples):
        yield f"a sample is longer than {MAX_VARIABLE} or has a line break"


def _button_problems(text: TemplateText) -> Iterator[str]:
    if len(text.buttons) > MAX_BUTTONS:
        yield f"there are more than {MAX_BUTTONS} buttons"
    if len(set(text.buttons)) != len(text.buttons):
        yield "two buttons have the same title"
    for title in text.buttons:
        if not 0 < units(title) <= MAX_BUTTON_TITLE or _VARIABLE.search(title):
            yield f"the title {title!r} is empty, longer than {MAX_BUTTON_TITLE} or variable"
