from django.http import Http404


def item_list(request, **kwargs):
    raise Http404


def add(request, **kwargs):
    raise Http404


def change(request, **kwargs):
    raise Http404


def remove(request, **kwargs):
    raise Http404


def move(request, **kwargs):
    raise Http404
