// Colours code and sets formulas in texts that models wrote. Both libraries build from text alone; what fails stays as it was.
import hljs from 'highlight.js/lib/common';
import katex from 'katex';

// Colouring and setting take time that grows with the text: beyond these it stays plain.
const longestCode = 60_000;
const longestFormula = 5_000;
const mostFormulas = 2_000;

const colour = code => {
  const text = code.textContent;
  const language = [...code.classList].find(name => name.startsWith('language-'))?.slice('language-'.length);
  if (!language || text.length > longestCode || !hljs.getLanguage(language))
    return;
  // highlight.js encodes the text; only its own spans are markup.
  code.innerHTML = hljs.highlight(text, { language, ignoreIllegals: true }).value;
};

const set = formula => {
  // What is set already is no LaTeX any more: a part of the page may be announced twice.
  if (formula.querySelector('.katex'))
    return;
  const source = formula.textContent.trim();
  const display = formula.tagName === 'DIV' || formula.classList.contains('display');
  const tex = source.replace(/^\\[([]/, '').replace(/\\[)\]]$/, '');
  if (tex.length > longestFormula)
    return;
  const shown = document.createElement('span');
  try {
    katex.render(tex, shown, { displayMode: display, trust: false, strict: 'ignore', throwOnError: true, maxExpand: 200, maxSize: 20 });
  } catch {
    return; // Not LaTeX that KaTeX knows: the source is what there is to see.
  }
  formula.replaceChildren(shown);
};

const work = root => {
  root.querySelectorAll('pre code').forEach(colour);
  [...root.querySelectorAll('.math')].slice(0, mostFormulas).forEach(set);
};

work(document);
document.addEventListener('htmx:load', event => work(event.detail.elt));
