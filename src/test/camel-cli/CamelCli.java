import org.apache.camel.dsl.jbang.core.commands.CamelJBangMain;

/** What the command "camel" is, where it isn't installed. */
public final class CamelCli {
    public static void main(String[] arguments) {
        CamelJBangMain.run(arguments);
    }
}
