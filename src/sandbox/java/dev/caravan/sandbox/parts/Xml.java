package dev.caravan.sandbox.parts;

/** Just enough to write the AWS services' XML answers. */
public final class Xml {
    private Xml() {}

    /** An element around markup. */
    public static String tag(String name, String xml) {
        return "<" + name + ">" + xml + "</" + name + ">";
    }

    /** An element around text, which is escaped. */
    public static String text(String name, String text) {
        return tag(name, text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }
}
