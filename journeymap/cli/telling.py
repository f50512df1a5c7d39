"""What came of an import, in words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from journeymap.i18n import _, ngettext

if TYPE_CHECKING:
    from journeymap.session import Session


def account(report: dict[str, Any], session: Session, *, dry: bool) -> str:
    """What became of the rows, question by question, and what is proposed."""
    lines = [
        _("{name}: {used} of {read} rows used").format(
            name=report["dataset"], used=report["rows_used"], read=report["rows_read"]
        )
    ]
    lines += [f"  {count} × {reason}" for reason, count in report["rows_dropped"].items() if count]
    if report["no_touchpoint"]:
        lines.append(_("  {n} rows name no touchpoint").format(n=report["no_touchpoint"]))
    for measure in report["measures"]:
        where = measure["touchpoint"] or measure["phase"] or _("the journey")
        lines.append(
            _(
                "  {kpi} at {where}: n {n}, no answer {missing}, does not apply {na}, unreadable {bad}  ({column})"
            ).format(
                kpi=measure["kpi"],
                where=where,
                n=measure["n"],
                missing=measure["missing"],
                na=measure["not_applicable"],
                bad=measure["unreadable"],
                column=measure["column"],
            )
        )
    if report["personal"]:
        lines.append(_("Personal columns left out: {names}").format(names=", ".join(report["personal"])))
    lines += _themes(report["comments"])
    lines += report["warnings"]
    if dry:
        lines.append(_("Nothing was changed (dry run)."))
    else:
        lines += _proposed(session)
    return "\n".join(lines)


def _themes(heard: list[dict[str, Any]]) -> list[str]:
    lines = []
    for one in heard:
        lines.append(_("{n} comments in “{column}”:").format(n=one["comments"], column=one["column"]))
        turns = {"rising": _(", rising"), "falling": _(", falling")}
        lines += [
            _("  {share:.0f} % speak of: {name} ({n}{turn})").format(
                share=100 * theme["share"], name=theme["name"], n=theme["count"], turn=turns.get(theme["change"], "")
            )
            for theme in one["themes"]
        ]
    return lines


def _proposed(session: Session) -> list[str]:
    from journeymap.model.figures import figures
    from journeymap.model.proposals import proposals

    cube_of = cache(session.cube)  # what one of the two has read, the other need not read again
    found = proposals(session.document, figures(session.document, cube_of, trend=False), cube_of)
    certain = [proposal for proposal in found if proposal.certain]
    if not certain:
        return []
    count = len(certain)
    head = ngettext(
        "{n} pain point is proposed; accept it in the window:",
        "{n} pain points are proposed; accept them in the window:",
        count,
    )
    return [head.format(n=count), *(f"  {proposal.evidence}" for proposal in certain)]
