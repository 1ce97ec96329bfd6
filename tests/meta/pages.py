"""Which thing of the world each route with an argument is opened on."""

from tests.meta.routes import Route
from tests.meta.world import World

THINGS = {
    "accounts:cancel_invitation": "invitation",
    "accounts:change_role": "membership",
    "accounts:end_membership": "membership",
    "accounts:end_partnership": "partner",
    "accounts:invite_partner": "partner",
    "accounts:remove_factor": "factor",
    "accounts:review_dormant": "dormant",
    "accounts:reset_factors": "membership",
    "contracts:add_lot": "contract",
    "contracts:clause": "clause",
    "contracts:contract": "contract",
    "contracts:edit_clause": "draft_clause",
    "contracts:edit_contract": "contract",
    "contracts:history": "clause",
    "contracts:invite": "commitment",
    "contracts:open_clause": "free_lot",
    "contracts:placements": "clause",
    "contracts:share": "draft_clause",
    "contracts:statements": "clause",
    "contracts:validate": "draft_clause",
    "hours:confirm_placement": "placement",
    "hours:declare": "statement",
    "hours:placement": "placement",
    "hours:record_placement": "hired",
    "hours:return": "received",
    "hours:statement": "received",
    "hours:validate": "received",
    "offers:agree": "sheet_to_agree",
    "offers:agreement": "application",
    "offers:application": "application",
    "offers:choose": "sent",
    "offers:close": "sheet",
    "offers:cv": "application",
    "offers:decide": "application",
    "offers:decline": "sent",
    "offers:job_sheet": "sheet",
    "offers:meeting": "sent",
    "offers:preselection": "sheet",
    "offers:publish": "sheet_to_agree",
    "offers:put_forward": "sheet",
    "offers:revise": "sheet_to_agree",
    "offers:share": "sheet_to_agree",
    "offers:transmit": "sheet",
    "offers:withdraw": "application",
    "people:correct": "participant",
    "people:decide": "participant",
    "people:grounds": "participant",
    "people:participant": "participant",
    "rights:answer": "rights_request",
    "rights:everything": "participant",
    "rights:keep": "participant",
    "rights:lift": "participant",
    "rights:person": "participant",
    "rights:record": "participant",
    "settlement:apply_penalty": "case",
    "settlement:case": "case",
    "settlement:close_clause": "clause",
    "settlement:close_case": "case",
    "settlement:give_notice": "case",
    "settlement:open_case": "commitment",
    "settlement:propose_relief": "case",
    "settlement:record_exchange": "case",
    "settlement:waive_penalty": "case",
}
WORDS = {"year": 2026}


def address_of(route: Route, world: World) -> str:
    """The route opened on its thing of the world; its other arguments have a value that exists."""
    given = {name: value for name, value in WORDS.items() if name in route.converters}
    if "pk" in route.converters:
        given["pk"] = world.objects[THINGS[route.name]].pk
    return route.url(**given)
