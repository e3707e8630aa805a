package dev.caravan.sandbox.redshift.unload.file;

/** JSON as Redshift writes it: without blanks. */
final class Json {
    private Json() {}

    /** The text of a JSON value without the blanks that PostgreSQL puts into it; those within its strings stay. */
    static String compact(String json) {
        StringBuilder out = new StringBuilder(json.length());
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            }
            if (quoted || !Character.isWhitespace(c)) {
                out.append(c);
            }
            if (quoted && c == '\\') {
                out.append(json.charAt(++i));
            }
        }
        return out.toString();
    }
}
