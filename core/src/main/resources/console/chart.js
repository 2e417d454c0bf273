// Draws tables marked <table data-chart="bar|line|pie">: the first column names the points, each
// further column is a series, <td data-value="12.5"> gives the number where the text is formatted.
(() => {
    'use strict';

    const number = cell => Number(cell.dataset.value ?? cell.textContent.replace(/[^\d.-]/g, ''));

    const BESIDE_THE_POINTS = 64;
    const pen = document.createElement('canvas').getContext('2d');

    // Names that would run into each other are turned.
    const turn = (names, family, width) => {
        pen.font = `12px ${family}`;
        const longest = Math.max(...names.map(name => pen.measureText(name).width));
        return longest + 6 > (width - BESIDE_THE_POINTS) / names.length ? 35 : 0;
    };

    const option = (table, width) => {
        const rows = [...table.tBodies[0].rows];
        const names = rows.map(row => row.cells[0].textContent.trim());
        const heads = [...table.tHead.rows[0].cells].slice(1).map(cell => cell.textContent.trim());
        const style = getComputedStyle(document.body);
        const text = {color: style.color, fontFamily: style.fontFamily};
        const values = column => rows.map(row => number(row.cells[column + 1]));
        const type = table.dataset.chart;
        const base = {
            textStyle: text,
            animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
            // Rich text is painted on the canvas; the default one writes styles into the page.
            tooltip: {renderMode: 'richText', trigger: type === 'pie' ? 'item' : 'axis'},
            legend: heads.length > 1 || type === 'pie' ? {bottom: 0, textStyle: text} : undefined,
            color: ['#066fd1', '#2fb344', '#f59f00', '#d6336c', '#ae3ec9', '#17a2b8'],
        };
        if (type === 'pie') {
            const data = names.map((name, i) => ({name, value: values(0)[i]}));
            return {...base, series: [{type, radius: ['45%', '70%'], data, label: {color: style.color}}]};
        }
        const few = names.length <= 8;
        return {
            ...base,
            grid: {left: 8, right: 8, top: 16, bottom: heads.length > 1 ? 32 : 8, containLabel: true},
            xAxis: {type: 'category', data: names, axisLabel: few
                ? {...text, interval: 0, rotate: turn(names, style.fontFamily, width)}
                : {...text, interval: 'auto', hideOverlap: true}},
            yAxis: {type: 'value', axisLabel: text, splitLine: {lineStyle: {opacity: 0.3}}},
            series: heads.map((name, i) => ({name, type, data: values(i), barMaxWidth: 36, smooth: true})),
        };
    };

    const show = table => {
        if (table.dataset.drawn || !table.tHead || !table.tBodies.length) return;
        table.dataset.drawn = 'true';
        const place = document.createElement('div');
        place.className = 'kith-chart';
        place.setAttribute('role', 'img');
        place.setAttribute('aria-label', table.caption?.textContent ?? '');
        const details = document.createElement('details');
        details.className = 'kith-chart-table';
        const summary = document.createElement('summary');
        summary.textContent = document.querySelector('meta[name="kith-as-table"]').content;
        table.before(place, details);
        details.append(summary, table);
        const chart = echarts.init(place);
        const paint = () => chart.setOption(option(table, place.clientWidth), true);
        paint();
        new ResizeObserver(() => { chart.resize(); paint(); }).observe(place);
        document.addEventListener('kith:theme', paint);
    };

    globalThis.kithChart = within => within.querySelectorAll('table[data-chart]').forEach(show);
})();
