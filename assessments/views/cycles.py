from django.http import Http404


def cycle_list(request, **kwargs):
    raise Http404


def open_cycle_page(request, **kwargs):
    raise Http404


def cycle(request, **kwargs):
    raise Http404


def change_cycle_page(request, **kwargs):
    raise Http404
