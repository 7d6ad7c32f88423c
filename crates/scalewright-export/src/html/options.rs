//! The options of an HTML form.

use crate::options::{OptionSpec, choice, options};

choice! {
    /// What the form does with scores.
    Scores {
        Show = "show": "the form shows the scores when the answers are complete, and saves them as JSON";
        Download = "download": "the form shows no scores; they are saved as JSON, beside the answers";
        Hide = "hide": "the form neither contains nor saves scores";
    }
}

options! {
    /// How a form is made.
    Options {
        scores: Scores = OptionSpec::choice("scores", Scores::VALUES, "show", "what the form does with scores");
        embed: bool = OptionSpec::switch(
            "embed",
            false,
            "whether the form, in a frame of another page, sends that page its height and what is saved",
        );
        attachments: bool = OptionSpec::switch(
            "attachments",
            true,
            "whether the form contains its definition",
        );
    }
}
