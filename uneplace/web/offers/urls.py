from django.urls import path

from .views import answers, applications, preselection, sheets

app_name = "offers"

urlpatterns = [
    path("fiches/", sheets.list_sheets, name="list"),
    path("fiches/nouvelle/", sheets.create_sheet, name="create"),
    path("fiches/<int:pk>/", sheets.show_sheet, name="job_sheet"),
    path("fiches/<int:pk>/modifier/", sheets.revise_sheet, name="revise"),
    path("fiches/<int:pk>/partager/", sheets.share_sheet, name="share"),
    path("fiches/<int:pk>/accord/", sheets.agree_to_sheet, name="agree"),
    path("fiches/<int:pk>/diffuser/", sheets.publish_sheet, name="publish"),
    path("fiches/<int:pk>/clore/", sheets.close_sheet, name="close"),
    path("fiches/<int:pk>/preselection/", preselection.preselect, name="preselection"),
    path("fiches/<int:pk>/transmettre/", preselection.transmit, name="transmit"),
    path("fiches/<int:pk>/proposer/", applications.put_forward, name="put_forward"),
    path("candidatures/<int:pk>/", applications.show_application, name="application"),
    path("candidatures/<int:pk>/decision/", preselection.decide, name="decide"),
    path("candidatures/<int:pk>/accord/", applications.record_agreement, name="agreement"),
    path("candidatures/<int:pk>/retirer/", applications.withdraw, name="withdraw"),
    path("candidatures/<int:pk>/cv/", applications.open_cv, name="cv"),
    path("candidatures/<int:pk>/choisir/", answers.choose, name="choose"),
    path("candidatures/<int:pk>/ne-pas-retenir/", answers.decline, name="decline"),
    path("candidatures/<int:pk>/entretien/", answers.propose_meeting, name="meeting"),
    path("candidats/", answers.list_candidates, name="candidates"),
    path("reponses/", applications.list_answers, name="answers"),
]
