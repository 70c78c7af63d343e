"""What a key means in one answer, where that is not what it means in the others."""

from __future__ import annotations

from typing import Final

#: By the row's class and key: what it means there.
OWN_MEANINGS: Final[dict[str, dict[str, str]]] = {
    "ActionRow": {"on": "day it was done"},
    "AnswerRow": {"command": "the commands that give it", "name": "name of the answer"},
    "ChangeRow": {"on": "day it was done"},
    "ChartRow": {
        "name": "the circle, or the key of the objective; null where all touches are counted",
        "on": "the day, or the Monday of the week",
        "touch_count": "touches of the day or week",
        "unit": "day or week",
    },
    "CheckRow": {
        "status": "ok, warning, failed or repaired",
        "text": "what was found, and the mend where there is one",
    },
    "CircleRow": {"contact_count": "contacts in the circle"},
    "ContactDetailRow": {"topics": "topics they know about, without #"},
    "ContactRow": {"topics": "topics they know about, without #"},
    "Deleted": {
        "followup_count": "promises that went too",
        "interaction_count": "interactions with nobody else, which went too",
        "touch_count": "touches that went too",
    },
    "DueRow": {"objectives": "keys of the objectives linked to or pursued for them, and of those of the newest touch"},
    "FieldRow": {"key": "the key", "type": "its type"},
    "FollowupRow": {
        "by": "day it is promised for",
        "days_late": "whole days since by; negative before it",
        "status": "open, done or dropped",
    },
    "Forgotten": {"contact": "handle that they had"},
    "GroupRow": {"contact_count": "its members", "contacts": "handles of its members"},
    "Imported": {
        "created": "how many records were made",
        "signals": "how many reasons to reach out were raised",
        "source": "the format of the files",
    },
    "InteractionRow": {"objectives": "keys of the objectives stated"},
    "Logged": {"objectives": "keys of the objectives stated"},
    "ObjectiveDetailRow": {
        "contact_count": "contacts linked to it or touched for it",
        "contacts": "handles of those who support it",
        "title": "what you want to reach",
        "topics": "topics it is about, without #",
        "why": "why you want it",
    },
    "ObjectiveRow": {
        "contact_count": "contacts linked to it or touched for it",
        "title": "what you want to reach",
        "why": "why you want it",
    },
    "OpportunityRow": {
        "closed_on": "day it was closed",
        "direction": "in: it came to you; out: you went for it",
        "last_on": "day of the newest interaction that belongs to it",
        "name": "display name of the contact it came through",
        "opened_on": "day it came up",
        "organization": "where it is",
        "title": "what came up",
    },
    "OrganizationDetailRow": {
        "contacts": "handles of those who work there",
        "last_on": "day of the newest touch with somebody who works there now",
        "organization": "its name",
        "touch_count": "touches so far with those who work there now",
    },
    "OrganizationRow": {
        "last_on": "day of the newest touch with somebody who works there now",
        "organization": "its name",
        "touch_count": "touches so far with those who work there now",
    },
    "PlanRow": {
        "day": "day it is planned for",
        "objectives": "keys of the objectives linked to or pursued for them, and of those of the newest touch",
        "reason": "why it is in the plan: promise, overdue, reply, due, coming or objective",
    },
    "PrepRow": {
        "contacts": "handles of those who work there, healthiest first",
        "name": "display name, the organization's name, or the words asked about",
        "objectives": "keys of the active objectives that they support; of somebody unknown all",
        "organization": "where the contact works now, or the organization asked about",
        "type": "contact, organization or unknown",
    },
    "RestoredRow": {"source": "the backup that was put in place"},
    "ReviewRow": {
        "before": "the figure of the equally long time before",
        "command": "the command to run",
        "text": "the figure in words",
    },
    "SearchRow": {
        "contacts": "handles of those it concerns, first of whom it is noted",
        "on": "day it happened, came up or is due; null for what has no day",
        "title": "its name, title, text or summary",
        "type": "contact, organization, interaction, followup, objective or opportunity",
    },
    "SettingRow": {
        "name": "name of the setting",
        "source": "environment, file or default",
        "type": "int, days, choice or list",
        "value": "the value as `netj config set` takes it: a list parted by commas; empty is unset",
    },
    "Told": {"contact_count": "contacts"},
    "TopicContactRow": {
        "got": "what you got then",
        "last_kind": "kind of the last interaction about it",
        "last_on": "day it came up last with the contact",
        "last_summary": "summary of the last interaction about it",
        "note": "what was noted of the contact then",
        "touch_count": "touches in which it came up",
    },
    "TopicRow": {
        "contact_count": "contacts marked as knowing about it",
        "interaction_count": "interactions in which it came up",
        "last_on": "day it came up last",
        "last_summary": "summary of the last interaction about it",
        "objectives": "keys of the objectives about it",
    },
    "Undone": {
        "action": "number of the action taken back or put back",
        "change_count": "rows that were put back",
        "on": "day it was done",
        "state": "what the action is now: undone, or done again",
    },
    "VerifiedRow": {"state": "ok, damaged, foreign, newer or unreadable"},
}
