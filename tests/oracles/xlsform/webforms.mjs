// The entry of the bundle of ODK Web Forms: what the page needs.
import * as engine from '@getodk/xforms-engine';

window.engine = engine;
