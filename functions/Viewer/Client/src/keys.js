// Moving by key: what the links of the page say with data-key. "?" shows them.
const inField = element => element instanceof HTMLElement
  && (element.isContentEditable || ['INPUT', 'SELECT', 'TEXTAREA'].includes(element.tagName));

document.addEventListener('keydown', event => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey)
    return;
  if (inField(event.target)) {
    if (event.key === 'Escape')
      event.target.blur();
    return;
  }

  const key = { ArrowLeft: 'k', ArrowRight: 'j' }[event.key] ?? event.key;
  if (key === '?') {
    const list = document.getElementById('keys');
    if (list)
      list.open ? list.close() : list.showModal();
    return;
  }

  // Arrows belong to what they scroll or choose.
  if (event.key.startsWith('Arrow') && document.activeElement?.closest('.wide, pre, summary, [role=slider]'))
    return;
  const target = [...document.querySelectorAll('[data-key]')].find(element => element.dataset.key === key);
  if (!target)
    return;
  event.preventDefault();
  if (inField(target)) {
    target.focus();
    target.select?.();
  } else {
    target.click();
  }
});
