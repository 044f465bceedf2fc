// On pages in a folder, which ask no app for anything: keys, and filters of the list that is there.
import './keys.js';
import './filter.js';
