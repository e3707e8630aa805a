package dev.caravan.cli.shell;

import dev.caravan.base.aws.AwsProblem;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import software.amazon.awssdk.core.exception.SdkException;

/** A command that asks the ledger, and for which that must answer. */
public abstract class LedgerCommand extends InstalledCommand {
    public LedgerCommand(PrintWriter out) {
        super(out);
    }

    /** As {@link InstalledCommand#run}; a ledger that can't be asked becomes a {@link CommandFailed}. */
    public abstract void ask(Installation installation) throws CommandFailed;

    /** What a person should know who gives the command again after the ledger was away in the midst of it. */
    public String again() {
        return "give the command again";
    }

    @Override
    public void run(Installation installation) throws CommandFailed {
        try {
            ask(installation);
        } catch (SdkException e) {
            throw refused(installation, e);
        } catch (LedgerUnavailable e) {
            if (e.isRefusal() && e.getCause() instanceof SdkException refusal) {
                throw refused(installation, refusal);
            }
            String why =
                    e.getCause() instanceof SdkException sdk ? AwsProblem.inWords("DynamoDB", sdk) : e.getMessage();
            throw new CommandFailed(why + "; " + again());
        }
    }

    private static CommandFailed refused(Installation installation, SdkException refusal) {
        return new CommandFailed("can't ask the ledger, DynamoDB's tables "
                + installation.settings().tablePrefix() + "-… (caravan.ledger.table-prefix): "
                + AwsProblem.inWords("DynamoDB", refusal));
    }
}
