// The entry of the bundle of Enketo: what the page needs.
import { transform } from 'enketo-transformer/web';
import { Form } from 'enketo-core/src/js/form.js';

window.engine = { transform, Form };
