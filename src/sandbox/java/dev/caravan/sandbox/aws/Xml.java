package dev.caravan.sandbox.aws;

/** Just enough to write the AWS services' XML answers. */
final class Xml {
    private Xml() {}

    /** An element around markup. */
    static String tag(String name, String xml) {
        return "<" + name + ">" + xml + "</" + name + ">";
    }

    /** An element around text, which is escaped. */
    static String text(String name, String text) {
        return tag(name, text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }
}
