"""The codes by which people confirm their month: printed to be handed over, or sent by e-mail."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from uneplace.hours import confirmations, month_links, perms
from uneplace.kit.qr import draw_code
from uneplace.rules.french import several
from uneplace.web.access import access, require

from .statements import WORKERS, visible_statements

MOST = 60  # sheets of one print


@access.capacity(*WORKERS)
@require_http_methods(["GET", "POST"])
def hand_codes(request, pk):
    """Choose who is asked; then the sheets to print, or how many mails left."""
    statement = get_object_or_404(visible_statements(request), pk=pk)
    require(perms.can_hand_codes(request.actor, statement))
    people = confirmations.people_to_ask(statement)
    sends = request.actor.serves(statement)
    if request.method == "POST":
        chosen = [one for one in people if str(one.pk) in request.POST.getlist("people")]
        if not chosen:
            messages.error(request, "Cochez au moins une personne.")
            return redirect("hours:codes", statement.pk)
        if len(chosen) > MOST:
            messages.error(request, f"{MOST} personnes au plus à la fois\u00a0: faites les autres ensuite.")
            return redirect("hours:codes", statement.pk)
        if "send" in request.POST and sends:
            return _send(request, statement, chosen)
        return _print(request, statement, chosen)
    context = {"statement": statement, "people": people, "may_send": sends, "most": MOST}
    return render(request, "hours/codes.html", context)


def _send(request, statement, chosen):
    at = timezone.now()
    left = [month_links.send_month_link(one, statement.month, by=request.actor, at=at) for one in chosen]
    if sent := sum(left):
        messages.success(request, f"{several(sent, 'lien envoyé', 'liens envoyés')}.")
    if missed := len(left) - sum(left):
        who = several(
            missed,
            "personne n’a pas d’adresse, ou vient de recevoir un lien",
            "personnes n’ont pas d’adresse, ou viennent de recevoir un lien",
        )
        messages.info(request, f"{who}\u00a0: imprimez leur code.")
    return redirect(statement)


def _print(request, statement, chosen):
    at = timezone.now()
    sheets = []
    for one in chosen:
        link, address = month_links.draw_month_link(one, statement.month, by=request.actor, at=at)
        sheets.append({"placement": one, "link": link, "address": address, "code": draw_code(address)})
    request.is_private = True
    return render(request, "hours/codes_printed.html", {"statement": statement, "sheets": sheets})
