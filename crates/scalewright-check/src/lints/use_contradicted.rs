//! Translations and modes that the stated rights prohibit.

use scalewright_model::file::{Mode, Permission, TranslationStatus};
use scalewright_model::{Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// A translation or a mode that the stated rights prohibit.
pub(super) static LINT: Lint = Lint {
    name: "use-contradicted",
    summary: "a translation or a mode that the stated rights prohibit",
    explain: include_str!("use_contradicted.md"),
    group: Group::Rights,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let usage = &context.instrument.rights.usage;
    let modes = &context.file.administration.modes;
    let electronic = modes.iter().position(|mode| *mode == Mode::Electronic);
    if let Some(index) = electronic.filter(|_| usage.electronic == Permission::Prohibited) {
        let place = Pointer::top("administration").key("modes").index(index);
        let message =
            "the instrument has the mode `electronic`, which its rights prohibit".to_owned();
        hits.push(lint.hit("electronic", message, |d| {
            d.at(place, "")
                .at(stated("electronic"), "prohibited here")
                .help("remove the mode, or correct the stated rights")
        }));
    }
    if usage.translation != Permission::Prohibited {
        return;
    }
    for (place, file) in context.wordings {
        let own = file.language.eq_ignore_ascii_case(&context.file.language);
        let official =
            file.translation.as_ref().is_some_and(|t| t.status == TranslationStatus::Official);
        // The holder may publish translations although others may not, and a translation may have rights of its own.
        if own || official || file.rights.is_some() {
            continue;
        }
        let message = format!("`{}` is a translation, which the rights prohibit", file.language);
        let hit = lint.hit(&file.language, message, |d| {
            d.at(Pointer::top("language"), "").help(
                "remove it, or state that it is the holder\u{2019}s own: `[translation] status = \"official\"`, or give it its own `[rights]`",
            )
        });
        hits.push(hit.inside(*place));
    }
}

fn stated(context: &str) -> Pointer {
    Pointer::top("rights").key("use").key(context)
}
