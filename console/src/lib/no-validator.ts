/** Stands for a library that builds code at run time, which the page's policy forbids; only rjsf's own tests need it. */
export default {};
