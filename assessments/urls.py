"""The addresses of cycles and assessments. The force is always the signed-in person's own."""

from django.urls import path, register_converter

from assessments.views import (
    acting,
    answers,
    autosave,
    carried,
    citing,
    cycles,
    drafts,
    evidence,
    evidence_files,
    exporting,
    history,
    items,
    mail,
    marking,
    people,
    registers,
    review,
    submitting,
    talk,
    task_list,
    word_form,
    year,
)


class YearConverter:
    regex = r"\d{4}-\d{2}"

    def to_python(self, value):
        return value

    to_url = to_python


register_converter(YearConverter, "year")

app_name = "assessments"
one = "cycles/<year:year>/<slug:threat_code>/"

one_file = "evidence/<slug:identity>/files/<slug:file_identity>/"

urlpatterns = [
    path("evidence/", evidence.register, name="evidence"),
    path("evidence/add/", evidence.add, name="add_evidence"),
    path("evidence/<slug:identity>/", evidence.entry, name="evidence_entry"),
    path("evidence/<slug:identity>/change/", evidence.change, name="change_evidence"),
    path("registers/", registers.registers, name="registers"),
    path("registers/<slug:name>/", registers.register, name="register"),
    path("registers/<slug:name>/<slug:identity>/", registers.item_history, name="item_history"),
    path("evidence/<slug:identity>/files/", evidence_files.add, name="add_evidence_file"),
    path(one_file, evidence_files.take, name="take_evidence_file"),
    path(f"{one_file}remove/", evidence_files.remove, name="remove_evidence_file"),
    path("e-mails/", mail.choose, name="mail_choices"),
    path("acting/<int:pk>/", acting.acting, name="acting"),
    path("acting/<int:pk>/<int:person_pk>/end/", acting.end, name="end_acting"),
    path("cycles/", cycles.cycle_list, name="cycles"),
    path("cycles/open/", cycles.open_cycle_page, name="open_cycle"),
    path("cycles/newest/", year.newest, name="newest_cycle"),
    path("cycles/<year:year>/", year.cycle, name="cycle"),
    path("cycles/<year:year>/ratings/<slug:file_format>/", year.grid_file, name="grid_file"),
    path("cycles/<year:year>/change/", cycles.change_cycle_page, name="change_cycle"),
    path(one, task_list.assessment, name="assessment"),
    path(f"{one}answers/<slug:part_code>/", answers.part, name="part"),
    path(f"{one}answers/<slug:part_code>/save/", autosave.autosave, name="autosave"),
    # Evidence has pages of its own; they stand where every list stands.
    path(f"{one}lists/evidence/", citing.cited, name="cited"),
    path(f"{one}lists/evidence/add/", citing.add, name="add_cited"),
    path(f"{one}lists/evidence/<slug:identity>/", citing.change, name="change_cited"),
    path(f"{one}evidence/", citing.choose, name="choose_evidence"),
    path(f"{one}evidence/<slug:identity>/", citing.cite, name="cite_evidence"),
    path(f"{one}lists/<slug:kind>/", items.item_list, name="items"),
    path(f"{one}lists/<slug:kind>/add/", items.add, name="add_item"),
    path(f"{one}lists/<slug:kind>/<slug:identity>/", items.change, name="change_item"),
    path(f"{one}lists/<slug:kind>/<slug:identity>/remove/", items.remove, name="remove_item"),
    path(f"{one}lists/<slug:kind>/<slug:identity>/move/", items.move, name="move_item"),
    path(
        f"{one}lists/<slug:kind>/<slug:identity>/decide/",
        drafts.decide_on_item,
        name="decide_on_item",
    ),
    path(f"{one}lists/<slug:kind>/<slug:identity>/keep/", carried.keep, name="keep_item"),
    path(f"{one}word/", word_form.page, name="word_form"),
    path(f"{one}word/form/", word_form.download, name="word_form_file"),
    path(f"{one}word/upload/", word_form.upload, name="word_form_upload"),
    path(f"{one}word/take/", word_form.take, name="word_form_take"),
    path(f"{one}people/", people.people, name="people"),
    path(f"{one}people/name/", people.name, name="name_contributor"),
    path(f"{one}people/<int:pk>/", people.change, name="change_contributor"),
    path(f"{one}people/<int:pk>/end/", people.end, name="end_contributor"),
    path(f"{one}marking/", marking.marking, name="marking"),
    path(f"{one}export/", exporting.export, name="export"),
    path(f"{one}check/", submitting.check_answers, name="check"),
    path(f"{one}submit/", submitting.submit, name="submit"),
    path(f"{one}comments/", talk.comment, name="comment"),
    path(f"{one}talk/", talk.talk, name="talk"),
    path(f"{one}answers/<slug:part_code>/talk/", talk.part_talk, name="part_talk"),
    path(f"{one}propose/<slug:question_code>/", talk.propose, name="propose"),
    path(f"{one}history/<slug:question_code>/", history.answer, name="history"),
    path(f"{one}review/", review.review, name="review"),
    path(f"{one}changes/", history.changes, name="changes"),
    path(f"{one}return/", review.return_page, name="return"),
    path(f"{one}approve/", review.approve_page, name="approve"),
    path(f"{one}reopen/", review.reopen_page, name="reopen"),
]
