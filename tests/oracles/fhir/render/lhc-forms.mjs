// LHC-Forms (U.S. National Library of Medicine): loads a Questionnaire, answers it by clicks and
// typing, and reads the QuestionnaireResponse that it would submit.

const quoted = (s) => s.replace(/\\/g, '\\\\').replace(/"/g, '\\"');

export class LhcForms {
  name = 'lhc-forms';

  constructor(page, url) {
    Object.assign(this, { page, url });
  }

  async open() {
    await this.page.goto(`${this.url}/pages/lhc-forms.html`);
    await this.page.waitForFunction('window.LForms?.Util?.addFormToPage && LForms.FHIR?.R4', null, { timeout: 60000 });
  }

  async load(questionnaire) {
    await this.page.evaluate((q) => LForms.Util.addFormToPage(q, 'form', { fhirVersion: 'R4' }), questionnaire);
    await this.page.locator('#form .lhc-item').first().waitFor();
    await this.page.waitForTimeout(250);
  }

  /** Answers one item. Returns false if there was nothing to click or type into. */
  async answer(item, { key, value }) {
    const id = `${quoted(item.linkId)}/`;
    if (key === 'valueCoding') {
      const code = quoted(value.code ?? '');
      const option = this.page.locator([`label.lhc-answer[id^="${id}"][id$="|${code}"]`, `label.lhc-answer[id^="${id}"][id$="|${code}|"]`, `input[type=radio][id^="${id}"][id$="|${code}"]`]
        .map((s) => `#form ${s}`).join(', ')).first();
      if (await option.count()) return this.#press(option);
      const shown = item.answerOption?.find((o) => o.valueCoding?.code === value.code)?.valueCoding.display;
      return this.#choose(this.page.locator(`#form input[id^="${id}"]`).first(), shown ?? value.display ?? value.code);
    }
    if (key === 'valueBoolean') {
      const option = this.page.locator(`#form [id^="${id}"]`).filter({ hasText: value ? 'Yes' : 'No' }).first();
      return await option.count() ? this.#press(option) : false;
    }
    const field = this.page.locator(`#form input[id^="${id}"], #form textarea[id^="${id}"]`).first();
    if (!await field.count()) return false;
    await field.fill(String(value), { timeout: 2000 });
    await field.blur();
    return true;
  }

  // a pointer click; if the layout keeps moving under it, a click event
  async #press(target) {
    await target.click({ timeout: 700 }).catch(() => target.evaluate((element) => element.click()));
    await this.page.waitForTimeout(30);
    return true;
  }

  // a type-ahead list: type the text, select the first match, check that it was selected
  async #choose(field, text) {
    if (!await field.count()) return false;
    for (let attempt = 0; attempt < 2; attempt++) {
      await field.click({ timeout: 2000 });
      await field.fill('');
      await field.pressSequentially(text, { delay: 5 });
      await this.page.waitForTimeout(200);
      await field.press('ArrowDown');
      await field.press('Enter');
      await field.blur();
      await this.page.waitForTimeout(60);
      if ((await field.inputValue()).includes(text)) return true;
    }
    return false;
  }

  response() {
    return this.page.evaluate(() => LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4', document.getElementById('form')));
  }
}
