"""What the application’s account can never write, whoever holds it, and what it would mean in the trade.

For each meaning: the guard of the database that refuses, and one statement in which `{name}` is the id of a
thing of the scene (see test_illegal_sql.py).
"""

ILLEGAL = {
    # Hours
    "des heures négatives effaceraient du travail fait": (
        "line_training_is_within_its_hours",
        "UPDATE hours_statementline SET hours = -1 WHERE id = {line}",
    ),
    "plus d’heures qu’un mois n’en contient": (
        "worked_month_hours_fit_a_month",
        "UPDATE hours_workedmonth SET hours = 745 WHERE id = {month}",
    ),
    "plus de formation que d’heures": (
        "line_training_is_within_its_hours",
        "UPDATE hours_statementline SET training_hours = hours + 1 WHERE id = {line}",
    ),
    "plus d’heures déclarées que le mois entier saisi": (
        "worked_month_never_over_its_whole",
        "UPDATE hours_workedmonth SET whole = hours - 1 WHERE id = {month}",
    ),
    "un relevé dont les lignes dépassent le mois travaillé": (
        "line_parts_never_exceed_the_month",
        "UPDATE hours_statementline SET hours = hours + 0.01 WHERE id = {line}",
    ),
    "un mois travaillé ramené sous ce qui en est déclaré": (
        "line_parts_never_exceed_the_month",
        "UPDATE hours_workedmonth SET hours = hours - 1 WHERE id = {month}",
    ),
    "le même mois déclaré deux fois par la même entreprise": (
        "statement_once_a_month",
        "INSERT INTO hours_statement SELECT (jsonb_populate_record(row, jsonb_build_object('id', -1, "
        "'status', 'DRAFT'))).* FROM hours_statement row WHERE id = {received}",
    ),
    "un mois qui commence le 2": (
        "statement_month_is_a_first_day",
        "UPDATE hours_statement SET month = '2026-05-02' WHERE id = {received}",
    ),
    "un relevé renvoyé sans dire ce qu’il faut corriger": (
        "statement_returned_says_why",
        "UPDATE hours_statement SET status = 'RETURNED', return_reason = '' WHERE id = {received}",
    ),
    "un relevé validé sans date de validation": (
        "statement_validated_says_when",
        "UPDATE hours_statement SET status = 'VALIDATED', validated_at = NULL WHERE id = {received}",
    ),
    "un relevé validé rouvert en douce": (
        "is validated: it is neither changed nor removed",
        "UPDATE hours_statement SET status = 'DRAFT' WHERE id = {validated}",
    ),
    "un relevé validé effacé": (
        "is validated: it is neither changed nor removed",
        "DELETE FROM hours_statement WHERE id = {validated}",
    ),
    "des heures changées après la validation": (
        "is of a validated statement: it is neither changed nor removed",
        "UPDATE hours_statementline SET hours = 1 WHERE id = {validated_line}",
    ),
    "une ligne retirée d’un relevé validé": (
        "is of a validated statement: it is neither changed nor removed",
        "DELETE FROM hours_statementline WHERE id = {validated_line}",
    ),
    # The ledger and the journal
    "des heures comptées retouchées": (
        "rows of hours_ledgerentry are never changed nor removed",
        "UPDATE hours_ledgerentry SET counted = 0 WHERE id = {entry}",
    ),
    "des heures comptées effacées": (
        "rows of hours_ledgerentry are never changed nor removed",
        "DELETE FROM hours_ledgerentry WHERE id = {entry}",
    ),
    "une ligne comptée deux fois": (
        "ledger_one_first_entry_a_line",
        "INSERT INTO hours_ledgerentry SELECT (jsonb_populate_record(row, jsonb_build_object('id', "
        "-1))).* FROM hours_ledgerentry row WHERE id = {entry}",
    ),
    "plus d’heures comptées que déclarées": (
        "ledger_counts_no_more_than_declared",
        "INSERT INTO hours_ledgerentry SELECT (jsonb_populate_record(row, jsonb_build_object('id', "
        "-1, 'declared', 1, 'counted', 2))).* FROM hours_ledgerentry row WHERE id = {entry}",
    ),
    "un acte du journal réécrit": (
        "permission denied for table journal_entry",
        "UPDATE journal_entry SET verb = 'rien' WHERE id = {act}",
    ),
    "un acte du journal effacé": (
        "permission denied for table journal_entry",
        "DELETE FROM journal_entry WHERE id = {act}",
    ),
    # Clauses, and what companies owe
    "des heures dues négatives": (
        "clause_hours_due_not_negative",
        "UPDATE contracts_clause SET hours_due = -1 WHERE id = {clause}",
    ),
    "des parts qui font plus que la clause": (
        "commitment_shares_sum_to_the_clause",
        "UPDATE contracts_commitment SET share = 0.5 WHERE id = {commitment}",
    ),
    "un second engagement qui double la clause": (
        "commitment_shares_sum_to_the_clause",
        "INSERT INTO contracts_commitment SELECT (jsonb_populate_record(row, jsonb_build_object('id', "
        "-1, 'company_id', {other_company}, 'role', 'COTRAITANT'))).* FROM contracts_commitment row "
        "WHERE id = {commitment}",
    ),
    "une clause à deux mandataires": (
        "commitment_one_mandataire_a_clause",
        "INSERT INTO contracts_commitment SELECT (jsonb_populate_record(row, jsonb_build_object('id', "
        "-1, 'company_id', {other_company}, 'share', 0))).* FROM contracts_commitment row "
        "WHERE id = {commitment}",
    ),
    "deux engagements de la même entreprise sur les mêmes jours": (
        "commitment_periods_do_not_overlap",
        "INSERT INTO contracts_commitment SELECT (jsonb_populate_record(row, jsonb_build_object('id', "
        "-1, 'share', 0, 'role', 'COTRAITANT'))).* FROM contracts_commitment row WHERE id = {commitment}",
    ),
    "une période qui finit avant de commencer": (
        "clause_execution_is_sound",
        "UPDATE contracts_clause SET execution = '[2026-05-01,2026-05-01)' WHERE id = {clause}",
    ),
    "une clause en cours que personne n’a validée": (
        "clause_past_draft_was_validated",
        "UPDATE contracts_clause SET validated_at = NULL WHERE id = {clause}",
    ),
    "deux dossiers de pénalité ouverts pour le même écart": (
        "penalty_case_one_open_a_commitment",
        "INSERT INTO settlement_penaltycase SELECT (jsonb_populate_record(row, "
        "jsonb_build_object('id', -1))).* FROM settlement_penaltycase row WHERE id = {case}",
    ),
    "une pénalité sans mise en demeure": (
        "penalty_case_notice_before_penalty",
        "UPDATE settlement_penaltycase SET status = 'APPLIED' WHERE id = {case}",
    ),
    # People
    "une personne éligible sans motif": (
        "decision_eligible_is_complete",
        "UPDATE people_eligibilitydecision SET grounds = '{{}}', main_ground = '' WHERE id = {decision}",
    ),
    "un refus d’éligibilité sans raison": (
        "decision_refused_says_why",
        "UPDATE people_eligibilitydecision SET status = 'REFUSED', reason = '' WHERE id = {decision}",
    ),
    "une personne proposée deux fois pour le même poste": (
        "application_once_a_job_sheet",
        "INSERT INTO offers_application SELECT (jsonb_populate_record(row, jsonb_build_object('id', "
        "-1))).* FROM offers_application row WHERE id = {application}",
    ),
    "une personne affectée deux fois au même marché le même jour": (
        "allocation_once_a_day",
        "INSERT INTO hours_allocation SELECT (jsonb_populate_record(row, jsonb_build_object('id', "
        "-1))).* FROM hours_allocation row WHERE id = {allocation}",
    ),
    "plus que tout le temps de quelqu’un un même jour": (
        "allocation_share_is_a_share",
        "UPDATE hours_allocation SET share = 1.01 WHERE id = {allocation}",
    ),
    "une affectation après la fin du contrat de travail": (
        "allocation_is_within_its_work_contract",
        "UPDATE hours_allocation SET period = daterange(lower(period), upper(period) + 1) "
        "WHERE id = {allocation}",
    ),
    # Services
    "la clause d’un service accrochée au lot d’un autre": (
        "contracts_clause_same_service",
        "UPDATE contracts_clause SET lot_id = {foreign_lot} WHERE id = {clause}",
    ),
    "la personne d’un service présentée sur l’offre d’un autre": (
        "offers_application_same_service",
        "UPDATE offers_application SET participant_id = {foreign_person} WHERE id = {application}",
    ),
    "une personne passée d’un service à un autre": (
        "a row of people_participant never changes service",
        "UPDATE people_participant SET service_id = {foreign_service} WHERE id = {person}",
    ),
    # The account itself
    "le journal vidé d’un coup": (
        "permission denied for table journal_entry",
        "TRUNCATE journal_entry",
    ),
    "les gardes de la base débranchées": (
        "must be owner of table hours_ledgerentry",
        "ALTER TABLE hours_ledgerentry DISABLE TRIGGER ALL",
    ),
    "les gardes contournées par le mode de réplication": (
        'permission denied to set parameter "session_replication_role"',
        "SET session_replication_role = replica",
    ),
    "une table supprimée": (
        "must be owner of table people_participant",
        "DROP TABLE people_participant CASCADE",
    ),
    "l’application devenue propriétaire": (
        'permission denied to set role "uneplace_owner"',
        "SET ROLE uneplace_owner",
    ),
    "le journal approprié par l’application": (
        "must be owner of table journal_entry",
        "ALTER TABLE journal_entry OWNER TO uneplace_app",
    ),
    "une fonction à elle dans la base": (
        "permission denied for schema public",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ),
    "une table temporaire qui en cache une vraie": (
        "permission denied to create temporary tables",
        "CREATE TEMPORARY TABLE hours_ledgerentry (id int)",
    ),
    "les mots de passe de la base lus": (
        "permission denied for table pg_authid",
        "SELECT rolpassword FROM pg_authid",
    ),
    "un programme lancé sur la machine": (
        "permission denied to COPY to or from an external program",
        "COPY people_participant TO PROGRAM 'cat'",
    ),
    "un fichier de la machine lu": (
        "permission denied for function pg_read_file",
        "SELECT pg_read_file('/etc/passwd')",
    ),
}
