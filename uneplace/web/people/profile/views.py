from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.people import perms
from uneplace.people.models import Participant
from uneplace.people.profiles import fill_profile
from uneplace.web.access import access, require
from uneplace.web.people.merged import leads_to_the_kept_file
from uneplace.web.shared_forms import reread

from .forms import ProfileForm


@access.capacity(Capacity.FACILITATOR, Capacity.REFERRER, Capacity.INSERTION_EMPLOYER)
@require_http_methods(["GET", "POST"])
@leads_to_the_kept_file
def fill(request, pk):
    """What a person can do and accept for a job."""
    participant = get_object_or_404(Participant.objects.visible_to(request.actor), pk=pk)
    require(perms.can_correct(request.actor, participant))
    form = ProfileForm(request.POST or None, participant=participant)
    if form.is_valid():
        try:
            fill_profile(
                participant, form.profile, read_at=form.profile_read_at, by=request.actor, at=timezone.now()
            )
        except Refused as refusal:
            participant = get_object_or_404(Participant.objects.visible_to(request.actor), pk=pk)
            make = partial(ProfileForm, participant=participant)
            form = reread(form, make(), refusal, make)
        else:
            messages.success(request, "Profil gardé.")
            return redirect(participant)
    context = {"participant": participant, "form": form}
    return render(request, "people/fill_profile.html", context, status=422 if form.errors else 200)
