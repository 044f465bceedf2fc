// The leaderboard as a picture that can be saved. Its numbers are those of the table on the page.
import { init, use } from 'echarts/core';
import { BarChart, CustomChart, ScatterChart } from 'echarts/charts';
import { GridComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

use([BarChart, CustomChart, ScatterChart, GridComponent, TitleComponent, TooltipComponent, CanvasRenderer, SVGRenderer]);

const rowHeight = 26;
const margins = 96;
let chart;

const colours = () => {
  const style = getComputedStyle(document.documentElement);
  const of = name => style.getPropertyValue(name).trim();
  return { text: of('--text'), quiet: of('--quiet'), line: of('--line'), mark: of('--mark'), page: of('--page') };
};

const option = (data, paint) => {
  const rows = data.rows;
  const format = value => value === null ? '–' : value.toFixed(data.digits);
  return {
    animation: false,
    backgroundColor: paint.page,
    // Single quotes: in the saved SVG the names stand in an attribute.
    textStyle: { color: paint.text, fontFamily: "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif" },
    title: { text: data.title, left: 0, textStyle: { color: paint.text, fontSize: 15, fontWeight: 600 } },
    grid: { left: 8, right: 28, top: 40, bottom: 44, containLabel: true },
    tooltip: {
      // Drawn on the canvas: names come from models' files, and no markup is made of them.
      renderMode: 'richText',
      confine: true,
      formatter: ({ dataIndex }) => {
        const row = rows[dataIndex];
        return `${row.name}\n${data.score} ${format(row.value)}` + (row.lower === null ? '' : `\n${format(row.lower)} to ${format(row.upper)}`);
      },
    },
    xAxis: {
      type: 'value', scale: true, name: data.axis, nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: paint.quiet },
      axisLabel: { color: paint.quiet }, splitLine: { lineStyle: { color: paint.line } },
      min: ({ min }) => Math.max(0, Math.floor(Math.min(min, ...rows.map(row => row.lower ?? row.value)) * 0.95)),
      max: ({ max }) => Math.min(data.full, Math.ceil(Math.max(max, ...rows.map(row => row.upper ?? row.value)) * 1.02)),
    },
    yAxis: {
      type: 'category', inverse: true, data: rows.map(row => row.name), axisTick: { show: false },
      axisLabel: { color: paint.text, width: 220, overflow: 'truncate' }, axisLine: { lineStyle: { color: paint.line } },
    },
    series: [
      {
        type: 'custom', silent: true, z: 1, encode: { x: [1, 2], y: 0 },
        data: rows.map((row, index) => [index, row.lower ?? row.value, row.upper ?? row.value]),
        renderItem: (_, api) => {
          const [from, y] = api.coord([api.value(1), api.value(0)]);
          const [to] = api.coord([api.value(2), api.value(0)]);
          const line = (x1, y1, x2, y2) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: paint.mark, lineWidth: 2 } });
          return { type: 'group', children: [line(from, y, to, y), line(from, y - 5, from, y + 5), line(to, y - 5, to, y + 5)] };
        },
      },
      { type: 'scatter', z: 2, symbolSize: 10, itemStyle: { color: paint.mark }, data: rows.map((row, index) => [row.value, index]) },
    ],
  };
};

const heightOf = data => margins + rowHeight * Math.max(3, data.rows.length);

const draw = () => {
  const holder = document.getElementById('chart');
  if (!holder)
    return;
  const data = JSON.parse(holder.dataset.chart);
  const place = holder.querySelector('.drawn');
  place.style.height = `${heightOf(data)}px`;
  holder.hidden = false;
  chart?.dispose();
  chart = init(place, null, { renderer: 'canvas' });
  chart.setOption(option(data, colours()));
};

const save = (name, address) => {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
};

document.addEventListener('click', event => {
  const kind = event.target.closest?.('[data-save]')?.dataset.save;
  if (!kind)
    return;
  const holder = document.getElementById('chart');
  const data = JSON.parse(holder.dataset.chart);
  if (kind === 'png') {
    save(`${data.file}.png`, chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: colours().page }));
    return;
  }

  const picture = init(null, null, { renderer: 'svg', ssr: true, width: 900, height: heightOf(data) });
  picture.setOption(option(data, colours()));
  const address = URL.createObjectURL(new Blob([picture.renderToSVGString()], { type: 'image/svg+xml' }));
  picture.dispose();
  save(`${data.file}.svg`, address);
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
});

draw();
document.addEventListener('htmx:afterSettle', draw);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
addEventListener('resize', () => chart?.resize());
