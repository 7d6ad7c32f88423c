"""Creates forms like ours with WeasyPrint: b_weasyprint.py OUT paper|fields WORDING DEFINITION...

A form has a title, instructions, one table with a row per item and a header repeated on each page, and a footer with the page
number. It uses the same fonts, is tagged as PDF/UA-1, and has fields if requested. WORDING is a wording file for definitions
without wording, or `-`.
"""
import html
import pathlib
import sys
import tomllib

import weasyprint
from weasyprint.text.fonts import FontConfiguration

FONTS = pathlib.Path("crates/scalewright-pdf/fonts").resolve()
STYLE = f"""
@font-face {{ font-family: Noto; src: url({FONTS.as_uri()}/NotoSans-Regular.ttf) }}
@font-face {{ font-family: Noto; font-weight: bold; src: url({FONTS.as_uri()}/NotoSans-Bold.ttf) }}
@page {{ size: A4; margin: 20mm 18mm; @bottom-right {{ content: "Page " counter(page) " of " counter(pages) }} }}
html {{ font: 10pt Noto }}
h1 {{ font-size: 17pt }}
table {{ width: 100%; border-collapse: collapse }}
thead {{ border-bottom: 0.9pt solid }}
th, td {{ padding: 3pt; text-align: center; font-weight: normal }}
tr {{ break-inside: avoid }}
tbody tr:nth-child(even) {{ background: #ececec }}
th.stem {{ text-align: left }}
span {{ display: inline-block; width: 16pt; line-height: 16pt; border: 0.8pt solid; border-radius: 8pt; font-size: 7.5pt }}
input {{ width: 14pt; height: 14pt; border: 0.8pt solid; border-radius: 8pt; appearance: auto }}
"""


def form(definition, wording, fields):
    data = tomllib.loads(pathlib.Path(definition, "instrument.toml").read_text("utf-8"))
    scales, stems = data["response-scales"], {item["id"]: item.get("stem") for item in data["items"]}
    labels = {name: [option.get("label") for option in scale["options"]] for name, scale in scales.items()}
    if wording:
        stems.update(wording["items"])
        labels.update({name: list(words["options"].values()) for name, words in wording["response-scales"].items()})

    def mark(item, value):
        return f'<input type=radio name="{item}" value="{value}">' if fields else f"<span>{value}</span>"

    name = data["items"][0]["response"]
    heads = "".join(f"<th scope=col>{html.escape(label)}</th>" for label in labels[name])
    rows = "".join(
        f"<tr><td>{number}</td><th scope=row class=stem>{html.escape(stems[item['id']])}</th>"
        + "".join(f"<td>{mark(item['id'], option['value'])}</td>" for option in scales[name]["options"])
        + "</tr>"
        for number, item in enumerate(data["items"], 1)
    )
    words = html.escape((wording or data).get("instructions", ""))
    title = html.escape(data["title"])
    return (
        f"<html lang=en><title>{title}</title><body><h1>{title}</h1><p>Respondent ________ Date ________</p><p>{words}</p>"
        f"<form><table><thead><tr><th>No.</th><th class=stem>Item</th>{heads}</tr></thead><tbody>{rows}</tbody></table></form>"
    )


out, kind, wording = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
wording = None if wording == "-" else tomllib.loads(pathlib.Path(wording).read_text("utf-8"))
out.mkdir(parents=True, exist_ok=True)
config = FontConfiguration()
style = weasyprint.CSS(string=STYLE, font_config=config)
for definition in sys.argv[4:]:
    text = form(definition, wording, kind == "fields")
    made = weasyprint.HTML(string=text).render(stylesheets=[style], font_config=config, pdf_forms=kind == "fields")
    made.write_pdf(out / f"{pathlib.Path(definition).name}.pdf", pdf_variant="pdf/ua-1", pdf_forms=kind == "fields")
