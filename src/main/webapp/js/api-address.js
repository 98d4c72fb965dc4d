/** Where the API is, whatever context path the page was loaded from. */
export const API = new URL('../api/', import.meta.url);
