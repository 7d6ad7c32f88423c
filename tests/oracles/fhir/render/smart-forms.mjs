// Smart Forms (CSIRO): loads a Questionnaire, answers it by clicks and typing, and reads the
// QuestionnaireResponse that it would submit.

const quoted = (s) => s.replace(/\\/g, '\\\\').replace(/"/g, '\\"');

export class SmartForms {
  name = 'smart-forms';

  constructor(page, url) {
    Object.assign(this, { page, url });
  }

  async open() {
    await this.page.goto(`${this.url}/pages/smart-forms.html`);
    await this.page.waitForFunction('window.SF', null, { timeout: 60000 });
  }

  async load(questionnaire) {
    await this.page.evaluate(([q, tx]) => SF.load(q, tx), [questionnaire, `${this.url}/terminology`]);
    await this.page.locator('#root [data-linkid], #crash').first().waitFor();
    await this.page.waitForTimeout(400);
    const crash = this.page.locator('#crash');
    if (await crash.count()) throw new Error(await crash.textContent());
  }

  /** Answers one item. Returns false if there was nothing to click or type into. */
  async answer(item, { key, value }) {
    const box = this.page.locator(`#root [data-linkid="${quoted(item.linkId)}"]`).first();
    if (!await box.count()) return false;
    const code = key === 'valueCoding' ? value.code : String(value);
    const radio = box.locator(`input[type=radio][value="${quoted(code ?? '')}"]`).first();
    if (await radio.count()) return this.#check(radio);
    const options = item.answerOption ?? [];
    const nth = options.findIndex((o) => (key === 'valueCoding' ? o.valueCoding?.code === code : o[key] === value));
    const inputs = box.locator('input[type=radio], input[type=checkbox]');
    if (nth >= 0 && await inputs.count() >= options.length) return this.#check(inputs.nth(nth));
    const list = box.locator('input[role=combobox]').first();
    if (nth >= 0 && await list.count()) {
      await list.click({ timeout: 20000 });
      const text = key === 'valueCoding' ? value.display ?? options[nth].valueCoding.display ?? code : code;
      await this.page.locator('li[role=option]').filter({ hasText: text }).first().click({ timeout: 20000 });
      return true;
    }
    const field = box.locator('input, textarea').first();
    if (key === 'valueCoding' || key === 'valueBoolean' || !await field.count()) return false;
    await field.fill(String(value), { timeout: 20000 });
    await field.blur();
    return true;
  }

  async #check(input) {
    await input.check({ timeout: 20000, force: true });
    return true;
  }

  response() {
    return this.page.evaluate(() => SF.response());
  }
}
