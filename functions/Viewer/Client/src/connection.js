// Says when the app does not answer. What is asked for again by itself (a run that is followed) takes the words away when it comes.
const words = 'The app does not answer. What is shown may be old; this page goes on by itself as soon as it is back.';
let banner;

const lost = () => {
  if (banner)
    return;
  banner = document.createElement('p');
  banner.className = 'problem lost';
  banner.setAttribute('role', 'alert');
  banner.textContent = words;
  document.getElementById('main').prepend(banner);
};

const back = () => {
  banner?.remove();
  banner = undefined;
};

document.addEventListener('htmx:sendError', lost);
document.addEventListener('htmx:timeout', lost);
document.addEventListener('htmx:responseError', event => event.detail.xhr.status >= 500 ? lost() : back());
document.addEventListener('htmx:afterOnLoad', event => event.detail.xhr.status < 500 && back());
