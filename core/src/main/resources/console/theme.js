// Runs before the page is painted, so that a dark page never flashes white.
(() => {
    'use strict';
    const chosen = localStorage.getItem('kith-theme');
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    const theme = chosen === 'light' || chosen === 'dark' ? chosen : dark ? 'dark' : 'light';
    document.documentElement.setAttribute('data-bs-theme', theme);
})();
