// On every page. Everything works without it: htmx swaps in what a link or a form would have loaded.
import htmx from 'htmx.org/dist/htmx.esm.js';
import { Idiomorph } from 'idiomorph/dist/idiomorph.esm.js';
import './keys.js';
import './connection.js';

Object.assign(htmx.config, {
  // The policy of the pages allows no inline style and no code from strings.
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  // Pages hold texts of models: none is kept in the browser's storage. Going back loads the page.
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  scrollIntoViewOnBoost: false,
});

// A request that is given up, because the next one replaces it or the page is left, is no error. htmx logs every event of one that
// ended without an answer; of those that failed, htmx:sendError remains.
htmx.logger = (element, event, detail) => {
  if (event === 'htmx:sendAbort' || (event === 'htmx:afterRequest' && detail.xhr?.status === 0))
    delete detail.error;
};

// What stays on a page keeps its focus, its selection and what is folded open.
htmx.defineExtension('morph', {
  isInlineSwap: style => style === 'morph',
  handleSwap(style, target, fragment) {
    if (style !== 'morph')
      return false;
    return Idiomorph.morph(target, fragment.children, {
      morphStyle: 'outerHTML',
      callbacks: {
        beforeAttributeUpdated: (name, node, change) => !(name === 'open' && node.nodeName === 'DETAILS'),
      },
    });
  },
});

// Fields that are not filled in are no part of the address.
document.addEventListener('htmx:configRequest', event => {
  const { verb, parameters, formData } = event.detail;
  if (verb !== 'get')
    return;
  for (const name of [...formData.keys()]) {
    if (formData.getAll(name).every(value => value === ''))
      formData.delete(name);
  }
});

// A refusal is a page too, and is shown where its answer would have been.
document.addEventListener('htmx:beforeSwap', event => {
  const { xhr, detail } = { xhr: event.detail.xhr, detail: event.detail };
  if (xhr.status === 400 || xhr.status === 404)
    detail.shouldSwap = true;
});
