//! The requests to plug-ins.

use std::collections::BTreeMap;

use scalewright_export::{ExportRequest, House, Logo, base64, yes_and_no};
use scalewright_wire::encode::{Definition, Publication, export_request};
use scalewright_wire::{self as wire, OptionValue};

/// Returns the request to export an instrument, with the values of all options of the exporter. `picture` has the bytes
/// of the logo of the house style.
pub(super) fn export(
    request: &ExportRequest<'_>,
    picture: Option<&[u8]>,
    options: BTreeMap<String, OptionValue>,
) -> wire::ExportRequest {
    let ExportRequest { instrument, program, ranges, wording, sources, common, options: _, house } =
        request;
    let sources: Vec<(&str, &str)> = sources.iter().map(|file| (file.name, file.text)).collect();
    let published = request.published();
    let definition =
        Definition { instrument, program, ranges, published: &published, sources: &sources };
    let publication = Publication {
        wording,
        yes_and_no,
        options,
        paper: common.paper,
        layout: common.layout,
        accept_recalled_keys: common.accept_recalled_keys,
        leave_out_scores: common.leave_out_scores,
        house: house_style(house, picture),
    };
    export_request(&definition, publication)
}

fn house_style(house: &House, picture: Option<&[u8]>) -> wire::HouseStyle {
    let House { logo, colour, footer } = house;
    let logo = logo.as_ref().map(|Logo { file, alt }| wire::Logo {
        file: file.trim_start_matches('/').to_owned(),
        alt: alt.clone(),
        base64: base64(picture.unwrap_or_default()),
    });
    wire::HouseStyle { logo, colour: colour.clone(), footer: footer.clone() }
}
