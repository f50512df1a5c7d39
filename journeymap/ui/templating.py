"""Own templates in the window: keep the map as one, delete one on the start page and take that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.failure import Failure
from journeymap.i18n import _
from journeymap.ui import finding

if TYPE_CHECKING:
    from journeymap.ui.start import StartPage
    from journeymap.ui.window import Window


def ask_save(window: Window) -> None:
    """Asks what the template is called and keeps it."""
    if window.map is None:
        return
    from journeymap.ui.dialogs.template import TemplateDialog

    dialog = TemplateDialog(window.map, window)
    dialog.kept.connect(lambda title: window.status.tell(_("Kept as template “{name}”").format(name=title)))
    finding.show(window, dialog)


def connect(window: Window, page: StartPage) -> None:
    """What the start page asks for about templates."""
    page.new_requested.connect(lambda template: finding.ask_new(window, template, page.language))
    page.language_chosen.connect(lambda language: setattr(window.settings, "template_language", language))
    page.delete_requested.connect(lambda template: delete(window, page, template))


def delete(window: Window, page: StartPage, template: str) -> None:
    """Deletes an own template; the notice can bring it back."""
    from journeymap.templates import own

    title = page.tile(template).text()
    try:
        text = own.delete(template)
    except Failure as failure:
        window.tell(str(failure))
        return
    page.show_own()
    finding.take_focus(page)

    def back() -> None:
        try:
            own.put_back(template, text)
        except Failure as failure:
            window.tell(str(failure))
        else:
            page.show_own()

    window.notice.tell(_("The template “{name}” is deleted.").format(name=title), (_("Bring it back"), back), bad=False)
