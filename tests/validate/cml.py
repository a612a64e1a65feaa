"""Reads CML with cml-parser and compares what it made of it with the outline of the same wall, NAME.outline.json beside
NAME.cml or one folder up. The parser skips what it does not know and makes up contexts for unknown names, so that it takes
nearly everything: what counts is what arrives. Wordings are the comments above what they name."""

import json
import re
import sys
from pathlib import Path

from cml_parser import parse_file_safe

DECLARED = re.compile(r"// (.*)\n\s*(BoundedContext|Aggregate|Command|DomainEvent|get(?=\w+ : read-only)) ?(\w+)")
OUTSIDE = {"ko": "컨텍스트 밖", "en": "In no context"}
CLASSES = {"core": "CORE_DOMAIN", "supporting": "SUPPORTING_DOMAIN", "generic": "GENERIC_SUBDOMAIN"}


def written(path):
    cml, text = parse_file_safe(str(path)), path.read_text()
    if not cml.parse_results.ok:
        sys.exit("\n".join(f"{path}: {error.pretty()}" for error in cml.parse_results.errors))
    said = {(sort, name): wording for wording, sort, name in DECLARED.findall(text)}
    context = lambda it: said["BoundedContext", it.name]
    events = lambda names: sorted(said["DomainEvent", name] for name in names)
    contexts, teams = {}, {}
    for it in cml.contexts:
        if it.type == "TEAM":
            teams[context(it)] = sorted(said["BoundedContext", name] for name in it.realizes)
            continue
        app = it.application
        steps = [step for flow in app.flows for step in flow.steps] if app else []
        contexts[context(it)] = {
            "type": it.type,
            "vision": it.vision or None,
            "class": [part.type.value for part in it.implements],
            "aggregates": {
                said["Aggregate", part.name]: events(event.name for event in part.domain_events)
                for part in it.aggregates
            },
            "owners": sorted({said["BoundedContext", part.owner] for part in it.aggregates if part.owner}),
            "events": events(event.name for event in app.domain_events) if app else [],
            "commands": sorted(said["Command", part.name] for part in app.commands) if app else [],
            "queries": sorted(
                said["get", part.name.removeprefix("get")] for service in app.services for part in service.operations
            ) if app else [],
            "leads to": sorted(
                (said["Command", step.name], said["Aggregate", step.delegate] if step.delegate else None, events(step.emits))
                for step in steps if step.type == "command"
            ),
            "triggers": sorted(
                (said["DomainEvent", trigger], said["Command", command])
                for step in steps if step.type == "event" for trigger in step.triggers for command in step.invocations
            ),
        }
    relations = [
        [context(it.upstream), context(it.downstream), sorted(it.roles), sorted(set(it.implementation_technology.split("; ")))]
        for map in cml.context_maps for it in map.relationships
    ]
    return {"contexts": contexts, "relations": sorted(relations), "teams": teams}


def meant(outline):
    notes = {note["id"]: note for note in outline["notes"]}
    word = lambda id: notes[id]["wording"]
    words = lambda ids: sorted(map(word, ids))
    of_kind = lambda ids, kind: [id for id in ids if notes[id]["kind"] == kind]
    parties = {json.dumps({"context": it["id"]}): it["name"] for it in outline["contexts"]}
    parties |= {json.dumps({"system": it["id"]}): it["name"] for it in outline["systems"]}
    name = lambda party: parties[json.dumps(party)]
    triggers = [
        (event, command)
        for context in outline["contexts"]
        for links in (
            [(it["on"], it["then"]) for it in context["policies"]],
            [(it["by"], [it["command"]]) for it in context["writes"]],
        )
        for on, then in links
        for event in of_kind(on, "domain-event") for command in of_kind(then, "command")
    ]
    contexts, teams = {}, {}
    for it in outline["contexts"]:
        own, free = {part["id"] for part in it["aggregates"]}, set(of_kind(it["notes"], "domain-event"))
        aggregates = {}
        for part in it["aggregates"]:
            aggregates[part["name"]] = words(free.intersection(part["events"]))
            free.difference_update(part["events"])
        commands = [part["command"] for part in it["writes"]]
        if it.get("team"):
            teams.setdefault(it["team"], []).append(it["name"])
        contexts[it["name"]] = {
            "type": "FEATURE",
            "vision": it.get("purpose"),
            "class": [CLASSES[it["class"]]] if "class" in it else [],
            "aggregates": aggregates,
            "owners": [it["team"]] if it.get("team") and aggregates else [],
            "events": words(free),
            "commands": words(commands),
            "queries": words(part["model"] for part in it["reads"]),
            "leads to": sorted(
                (word(part["command"]), next((word(id) for id in part["aggregates"] if id in own), None), words(part["events"]))
                for part in it["writes"]
            ),
            "triggers": sorted((word(event), word(command)) for event, command in triggers if command in commands),
        }
    bare = {"type": "SYSTEM", "vision": None, "class": [], "aggregates": {}, "owners": [], "events": [], "commands": []}
    bare |= {"queries": [], "leads to": [], "triggers": []}
    contexts |= {it["name"]: bare for it in outline["systems"]}
    said = lambda it: f"{it['mode']} {it['kind']}: {word(it['note'])}"
    relations = [
        [name(it["upstream"]), name(it["downstream"]), sorted({"U", "D", *it["accepted"]}),
         sorted({said(outline["messages"][at]) for at in it["messages"]})]
        for it in outline["relations"]
    ]
    return {"contexts": contexts, "relations": sorted(relations), "teams": {it: sorted(of) for it, of in teams.items()}}


def on_one_line(value):
    if isinstance(value, dict):
        return {name: on_one_line(it) for name, it in value.items()}
    if isinstance(value, list):
        return [on_one_line(it) for it in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def unlike(path, one, other):
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [found for key in one for found in unlike(f"{path}/{key}", one[key], other[key])]
    same = json.dumps(one) == json.dumps(other)
    return [] if same else [f"{path}: {json.dumps(one, ensure_ascii=False)}\n  {json.dumps(other, ensure_ascii=False)}"]


found = []
for path in map(Path, sys.argv[1:]):
    places = [folder / f"{path.stem}.outline.json" for folder in (path.parent, path.parent.parent)]
    outline = on_one_line(json.loads(next(place for place in places if place.exists()).read_text()))
    outside = OUTSIDE["ko" if ".ko" in path.name else "en"]
    for context in outline["contexts"]:
        context["name"] = context["name"] or outside
    found += unlike(path.name, written(path), meant(outline))
sys.exit("\n".join(found) or None)
