"""`{% url %}` as Django has it, from `spr_portal.addresses`. Built in: no template loads this."""

from __future__ import annotations

from django import template
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as parse_url
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape

from spr_portal.addresses import address_of

register = template.Library()


class AddressNode(URLNode):
    def render(self, context) -> str:
        args = [arg.resolve(context) for arg in self.args]
        if self.kwargs or not all(isinstance(arg, str | int) for arg in args):
            return super().render(context)
        try:
            address = address_of(self.view_name.resolve(context), *args)
        except NoReverseMatch:
            return super().render(context)  # which says nothing where that is asked for
        if self.asvar:
            context[self.asvar] = address
            return ""
        return conditional_escape(address) if context.autoescape else address


@register.tag
def url(parser, token) -> AddressNode:
    node = parse_url(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)
