from django.http import Http404


def paper_list(request, **kwargs):
    raise Http404


def compose(request, **kwargs):
    raise Http404


def paper(request, **kwargs):
    raise Http404


def change_paper_page(request, **kwargs):
    raise Http404


def preview(request, **kwargs):
    raise Http404


def send(request, **kwargs):
    raise Http404


def send_back(request, **kwargs):
    raise Http404


def agree(request, **kwargs):
    raise Http404


def withdraw(request, **kwargs):
    raise Http404


def issue(request, **kwargs):
    raise Http404
