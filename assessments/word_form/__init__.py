"""An assessment as a Word form: written, filled in away from the portal, and read again.

`content` says what a form asks and holds, `writing` draws it, `package` and
`reading` take words out of a file that anybody may have made, `signing` knows
the portal's own forms. What comes back is compared and taken by the views.
"""
