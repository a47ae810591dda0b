from django.http import Http404


def recommendation_list(request, **kwargs):
    raise Http404


def take_up(request, **kwargs):
    raise Http404


def add(request, **kwargs):
    raise Http404


def change(request, **kwargs):
    raise Http404


def remove(request, **kwargs):
    raise Http404


def move(request, **kwargs):
    raise Http404


def outcomes(request, **kwargs):
    raise Http404


def add_earlier(request, **kwargs):
    raise Http404


def outcome(request, **kwargs):
    raise Http404
