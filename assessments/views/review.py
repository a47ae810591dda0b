from django.http import Http404


def comment(request, **kwargs):
    raise Http404


def review(request, **kwargs):
    raise Http404


def changes(request, **kwargs):
    raise Http404


def return_page(request, **kwargs):
    raise Http404


def approve_page(request, **kwargs):
    raise Http404


def reopen_page(request, **kwargs):
    raise Http404
