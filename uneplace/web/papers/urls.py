from django.urls import path

from .views import certificates, companies, letterhead, reports, statements, year

app_name = "papers"

urlpatterns = [
    path("service/documents/", letterhead.choose, name="letterhead"),
    path("service/documents/exemple.pdf", letterhead.example, name="example"),
    path("releves/<int:pk>/releve.pdf", statements.statement, name="statement"),
    path("personnes/attestations/", year.certificates, name="certificates"),
    path("personnes/<int:pk>/attestation/", certificates.person, name="person"),
    path("personnes/<int:pk>/attestation.pdf", certificates.person_pdf, name="person_pdf"),
    path("contrats-de-travail/<int:pk>/attestation.pdf", certificates.placement, name="placement"),
    path("clauses/<int:pk>/bilans/", reports.of_clause, name="reports"),
    path("clauses/<int:pk>/bilans/ecrire/", reports.write, name="write_report"),
    path("bilans-de-clause/<int:pk>/", reports.show, name="report"),
    path("bilans-de-clause/<int:pk>/figer/", reports.issue, name="issue_report"),
    path("bilans-de-clause/<int:pk>/bilan.pdf", reports.report_pdf, name="report_pdf"),
    path("entreprises/<int:pk>/attestation/", companies.company, name="company"),
    path("entreprises/<int:pk>/attestation.pdf", companies.company_pdf, name="company_pdf"),
]
