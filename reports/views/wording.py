from django.http import Http404


def add_section_page(request, **kwargs):
    raise Http404


def section(request, **kwargs):
    raise Http404


def change_section_page(request, **kwargs):
    raise Http404


def move_section_step(request, **kwargs):
    raise Http404


def remove_section_step(request, **kwargs):
    raise Http404


def add_paragraph_page(request, **kwargs):
    raise Http404


def change_paragraph_page(request, **kwargs):
    raise Http404


def remove_paragraph_step(request, **kwargs):
    raise Http404


def move_paragraph_step(request, **kwargs):
    raise Http404
