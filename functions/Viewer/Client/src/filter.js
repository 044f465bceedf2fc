// Hides the rows of a list that do not fit its fields. The address keeps what is filtered, so that going back shows it again.
const fields = document.getElementById('filter');
const table = document.querySelector('table.questions');

if (fields && table) {
  const rows = [...table.tBodies[0].rows].map(row => ({ row, text: row.textContent.toLowerCase(), cells: [...row.cells].map(cell => cell.textContent) }));
  const inputs = [...fields.querySelectorAll('input, select')];
  const status = document.querySelector('#results [role=status]');
  const whole = status.textContent;

  const show = () => {
    const words = inputs.find(input => input.name === 'q').value.toLowerCase();
    const chosen = inputs.filter(input => input.dataset.column && input.value).map(input => ({ column: Number(input.dataset.column), value: input.value }));
    let shown = 0;
    for (const { row, text, cells } of rows) {
      const fits = text.includes(words) && chosen.every(({ column, value }) => cells[column] === value);
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    status.textContent = shown === rows.length ? whole : `${shown.toLocaleString('en')} of ${rows.length.toLocaleString('en')} answers.`;
  };

  const keep = () => {
    const asked = new URLSearchParams(inputs.filter(input => input.value).map(input => [input.name, input.value])).toString();
    history.replaceState(null, '', asked ? `#${asked}` : location.pathname + location.search);
    carry();
  };

  // To the lists of other models, which are pages of their own.
  const carry = () => {
    for (const link of document.querySelectorAll('nav.models a'))
      link.hash = location.hash;
  };

  const read = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const input of inputs)
      input.value = asked.get(input.name) ?? '';
    show();
    carry();
  };

  fields.addEventListener('input', () => { show(); keep(); });
  fields.querySelector('button').addEventListener('click', () => {
    for (const input of inputs)
      input.value = '';
    show();
    keep();
  });
  addEventListener('hashchange', read);
  read();
  fields.hidden = false;
}
