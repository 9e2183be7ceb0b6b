/** What this desk says. */
export default {};
