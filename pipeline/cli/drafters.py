"""Which languages a machine drafts here: for status and the queue, before anything runs."""

from collections.abc import Mapping

from pipeline.config import Project

#: The model that drafts each language, by its tag; None where this machine has no model at all,
#: and so says nothing of any language.
Drafters = Mapping[str, str] | None


def find_drafters(project: Project) -> Drafters:
    """The models on this machine that draft the languages of a project. Loads none of them.

    Models belong to the machine, not to the project: another one may draft other languages.

    Args:
        project: the project.
    """
    # Most machines have none, and what drafts need not be loaded to say so.
    from pipeline.draft import find_route, models_folder, read_models  # noqa: PLC0415

    models = read_models(models_folder(project.models_dir))
    if not models:
        return None
    routes = {
        locale.tag: find_route(models, project.source.tag, locale.tag) for locale in project.locales
    }
    names = {tag: " + ".join(model.name for model in route) for tag, route in routes.items()}
    return {tag: name for tag, name in names.items() if name}
