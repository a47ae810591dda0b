"""The addresses of papers and of what was issued."""

from django.urls import path, re_path, register_converter

from reports.domain.workflow import RECOMMENDATION_TRANSITIONS
from reports.enums import ActionStep, MeetingStep, PaperAction
from reports.paper_address import PaperConverter
from reports.views import (
    actions,
    agenda,
    clearance,
    corrections,
    figures,
    files,
    following_up,
    home,
    issued,
    layout,
    live,
    meetings,
    overriding,
    packs,
    papers,
    past_papers,
    past_pieces,
    published,
    recommendations,
    steps,
    talk,
    waivers,
    wording,
)

register_converter(PaperConverter, "paper")

app_name = "reports"
one = "papers/<paper:address>/"
section = f"{one}sections/<slug:section>/"

newest = "published/<paper:address>/"
issue = f"{newest}<int:number>/"

followed = "recommendations/<year:year>/<slug:identity>/"
past = "past-papers/<year:year>/"
meeting = "meetings/<slug:identity>/"
item = f"{meeting}agenda/<slug:item>/"
action = "actions/<slug:identity>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("papers/", papers.paper_list, name="papers"),
    path("papers/brand/", layout.brand, name="brand"),
    path("papers/brand/logo/", layout.brand_logo, name="brand_logo"),
    path("papers/brand/logo/remove/", layout.remove_brand_logo, name="remove_brand_logo"),
    re_path(r"^papers/colour/(?P<colour>[0-9a-f]{6})/$", layout.paper_colour, name="paper_colour"),
    path(f"{one}compose/", papers.compose, name="compose"),
    path(one, papers.paper, name="paper"),
    path(f"{one}header/", papers.change_paper_page, name="change_paper"),
    path(f"{one}preview/<slug:audience>/", papers.preview, name="preview"),
    path(f"{one}send/", steps.step, {"action": PaperAction.SEND}, name="send"),
    path(f"{one}send-back/", steps.step, {"action": PaperAction.SEND_BACK}, name="send_back"),
    path(f"{one}agree/", steps.step, {"action": PaperAction.AGREE}, name="agree"),
    path(f"{one}withdraw/", steps.step, {"action": PaperAction.WITHDRAW}, name="withdraw"),
    path(f"{one}issue/", steps.step, {"action": PaperAction.ISSUE}, name="issue"),
    path(f"{one}correct/", steps.step, {"action": PaperAction.CORRECT}, name="correct"),
    path(f"{one}give-up/", steps.step, {"action": PaperAction.GIVE_UP}, name="give_up"),
    path(f"{one}correction/", corrections.change, name="change_correction"),
    path(f"{one}comments/", talk.comments, name="comments"),
    path(f"{one}comments/on/<path:block>/", talk.comment_on, name="comment_on"),
    path(f"{one}comments/<slug:identity>/", talk.comment_thread, name="comment_thread"),
    path(f"{one}figures/", figures.figure_list, name="figures"),
    path(f"{one}figures/add/", figures.add_figure_page, name="add_figure"),
    path(f"{section}figures/<slug:paragraph>/", figures.change_figure_page, name="figure"),
    path(f"{one}sections/offered/", layout.optional_sections, name="optional_sections"),
    path(f"{one}sections/add/", wording.add_section_page, name="add_section"),
    path(section, wording.section, name="section"),
    path(
        f"{one}outcomes/<slug:identity>/carry/",
        recommendations.carry_over,
        name="carry_recommendation",
    ),
    path("recommendations/", following_up.register, name="recommendation_register"),
    path(followed, following_up.followed, name="followed"),
    path(f"{followed}assign/", following_up.assign, name="assign_recommendation"),
    *(
        path(
            f"{followed}{step.value}/",
            following_up.step,
            {"action": step},
            name=f"{step.value}_recommendation",
        )
        for step in RECOMMENDATION_TRANSITIONS
    ),
    path(f"{section}heading/", wording.change_section_page, name="change_section"),
    path(f"{section}move/", wording.move_section_step, name="move_section"),
    path(f"{section}remove/", wording.remove_section_step, name="remove_section"),
    path(f"{section}paragraphs/add/", wording.add_paragraph_page, name="add_paragraph"),
    path(f"{section}paragraphs/<slug:paragraph>/", wording.change_paragraph_page, name="paragraph"),
    path(
        f"{section}paragraphs/<slug:paragraph>/remove/",
        wording.remove_paragraph_step,
        name="remove_paragraph",
    ),
    path(
        f"{section}paragraphs/<slug:paragraph>/move/",
        wording.move_paragraph_step,
        name="move_paragraph",
    ),
    path(f"{section}live/", live.live, name="live_preview"),
    path(f"{section}told/<slug:source>/", overriding.override, name="override"),
    path(f"{section}told/<slug:source>/back/", overriding.put_back, name="put_back"),
    path(f"{one}clearance/", clearance.clearance, name="clearance"),
    path(f"{one}waivers/", waivers.waivers, name="waivers"),
    path(f"{one}waivers/<int:key>/end/", waivers.end, name="end_waiver"),
    path(f"{one}findings/<slug:key>/waive/", waivers.waive, name="waive"),
    path(f"{one}recommendations/", recommendations.recommendation_list, name="recommendations"),
    path(f"{one}recommendations/take-up/", recommendations.take_up, name="take_up"),
    path(f"{one}recommendations/add/", recommendations.add, name="add_recommendation"),
    path(f"{one}recommendations/<slug:identity>/", recommendations.change, name="recommendation"),
    path(
        f"{one}recommendations/<slug:identity>/remove/",
        recommendations.remove,
        name="remove_recommendation",
    ),
    path(
        f"{one}recommendations/<slug:identity>/move/",
        recommendations.move,
        name="move_recommendation",
    ),
    path(f"{one}outcomes/", recommendations.outcomes, name="outcomes"),
    path(f"{one}outcomes/add/", recommendations.add_earlier, name="add_earlier"),
    path(f"{one}outcomes/<slug:identity>/", recommendations.outcome, name="outcome"),
    path(f"{one}files/", files.files, name="files"),
    path(f"{one}files/progress/", files.progress, name="files_progress"),
    path(f"{one}files/make/", files.ask, name="make_files"),
    path(
        f"{one}files/<slug:audience>/<slug:file_format>/",
        files.download_draft,
        name="download_draft",
    ),
    path("published/", published.published, name="published"),
    path("published/search/", published.search, name="search"),
    path(f"{newest}read/", published.read, name="read"),
    path(f"{issue}read/", published.read, name="read_issue"),
    path(f"{newest}compare/", published.compare, name="compare"),
    path(newest, issued.issued, name="issued"),
    path(f"{newest}<slug:audience>/bundle/", issued.bundle, name="bundle"),
    path(f"{newest}<slug:audience>/<slug:file_format>/", issued.download, name="download"),
    path(issue, issued.issued, name="one_issue"),
    path(f"{issue}<slug:audience>/bundle/", issued.bundle, name="bundle_of_issue"),
    path(f"{issue}<slug:audience>/<slug:file_format>/", issued.download, name="download_of_issue"),
    path("past-papers/", past_papers.past_paper_list, name="past_papers"),
    path(past, past_papers.past_paper, name="past_paper"),
    path(f"{past}head/", past_papers.head, name="past_head"),
    path(f"{past}file/", past_papers.file, name="past_file"),
    path(f"{past}take-in/", past_papers.take_in_page, name="take_in"),
    path(f"{past}give-up/", past_papers.give_up_page, name="give_up_past"),
    path(f"{past}parts/<slug:identity>/", past_pieces.piece, name="past_piece"),
    path(f"{past}parts/<slug:identity>/kind/", past_pieces.kind, name="past_piece_kind"),
    path(f"{past}parts/<slug:identity>/split/", past_pieces.split, name="split_past_piece"),
    path(f"{past}parts/<slug:identity>/join/", past_pieces.join, name="join_past_piece"),
    path("meetings/", meetings.meeting_list, name="meetings"),
    path("meetings/new/", meetings.add, name="add_meeting"),
    path(meeting, meetings.meeting, name="meeting"),
    path(f"{meeting}change/", meetings.change, name="change_meeting"),
    path(f"{meeting}notes/", meetings.notes, name="meeting_notes"),
    path(f"{meeting}people/", meetings.attendees, name="attendees"),
    path(f"{meeting}hold/", meetings.step, {"action": MeetingStep.HOLD}, name="hold_meeting"),
    path(f"{meeting}cancel/", meetings.step, {"action": MeetingStep.CANCEL}, name="cancel_meeting"),
    path(f"{meeting}reopen/", meetings.step, {"action": MeetingStep.REOPEN}, name="reopen_meeting"),
    path(f"{meeting}agenda/make/", agenda.make, name="make_agenda"),
    path(f"{meeting}agenda/add/", agenda.add, name="add_agenda_item"),
    path(item, agenda.change, name="agenda_item"),
    path(f"{item}remove/", agenda.remove, name="remove_agenda_item"),
    path(f"{item}move/", agenda.move, name="move_agenda_item"),
    path(f"{meeting}preview/", packs.preview, name="preview_pack"),
    path(f"{meeting}packs/", packs.packs, name="packs"),
    path(f"{meeting}packs/progress/", packs.progress, name="packs_progress"),
    path(f"{meeting}packs/make/", packs.make, name="make_pack"),
    path(f"{meeting}packs/<int:number>/<slug:file_format>/", packs.download, name="download_pack"),
    path(f"{meeting}actions/add/", actions.add, name="add_action"),
    path("actions/", actions.action_list, name="actions"),
    path(action, actions.action, name="action"),
    path(f"{action}change/", actions.change, name="change_action"),
    path(f"{action}report/", actions.report, name="report_action"),
    path(f"{action}confirm/", actions.step, {"action": ActionStep.CONFIRM}, name="confirm_action"),
    path(f"{action}drop/", actions.step, {"action": ActionStep.DROP}, name="drop_action"),
    path(f"{action}reopen/", actions.step, {"action": ActionStep.REOPEN}, name="reopen_action"),
]
