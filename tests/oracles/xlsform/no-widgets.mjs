// Enketo without widgets: they change how a question looks, and not its value.
export default [];
