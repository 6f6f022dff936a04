"""What can be queued for: services, the kiosk's state, and the look-up of procedures."""

from __future__ import annotations

from kiosk.lookup import catalogue
from kiosk.models import KioskState, ProcedureHit, ProcedureList, ProcedureQuery, ServiceList
from kiosk.state import SEES_KIOSKS, kiosk_state, services_state
from queueing.people import Actor
from web.access import EVERYONE, Credential
from web.openapi import Api, Reply
from web.surface import current_room

routes = Api("kiosk")


@routes.get("/services", who=EVERYONE, gives=ServiceList)
def list_services(actor: Actor) -> Reply:
    """The services people can queue for, and who waits for them."""
    return services_state(current_room(), actor.branch_id)


@routes.get("/kiosk", who=SEES_KIOSKS, gives=KioskState)
def read_kiosk(credential: Credential) -> Reply:
    """The kiosk's whole state, as its socket brings it."""
    known = credential.known
    return kiosk_state(current_room(), known.actor.branch_id, known.printer_id)


@routes.get("/procedures", who=EVERYONE, gives=ProcedureList)
def find_procedures(actor: Actor, query: ProcedureQuery) -> Reply:
    """Procedures that fit everyday words, best first; an empty list when nothing fits."""
    hits = catalogue().search(actor.branch_id, query.q, query.limit)
    return ProcedureList(
        items=[
            ProcedureHit(
                code=hit.code,
                name=hit.name,
                service=hit.service_code,
                score=hit.score,
                why=hit.why,
            )
            for hit in hits
        ]
    )
