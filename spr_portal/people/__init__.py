"""How an administrator runs a force's people, their appointments and what the force is called.

It stands above `threats`, whose labels an appointment is chosen by, and above
`spr_portal.audit`, which records each change; `spr_portal.identity` holds only
what everybody below needs: the models, the policies and the reads.
"""
