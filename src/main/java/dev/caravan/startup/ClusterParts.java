package dev.caravan.startup;

import dev.caravan.redshift.admission.Clusters;
import dev.caravan.redshift.admission.LongLoads;
import dev.caravan.redshift.admission.Room;
import dev.caravan.redshift.copy.CopyStatement;
import dev.caravan.redshift.copy.HiddenSecrets;
import dev.caravan.redshift.login.ClusterLogins;
import dev.caravan.redshift.login.OwnKeys;
import dev.caravan.startup.show.Announcer;

/**
 * What loads go into, and when they may.
 *
 * @param secrets what is hidden in SQL, and revealed to clusters alone
 * @param statement their SQL
 * @param room how many of them wait for each cluster
 * @param clusters which of them take loads now
 * @param loads how long one may take
 */
record ClusterParts(HiddenSecrets secrets, CopyStatement statement, Room room, Clusters clusters, LongLoads loads) {

    /** Gives the clusters' pools their logins, too. */
    static ClusterParts of(Core core, LedgerParts ledger) {
        Settings settings = core.settings();
        HiddenSecrets secrets = new HiddenSecrets(new OwnKeys(core.clients()::credentials, core.clock()));
        ClusterLogins.prepare(core.context(), secrets, settings.loadAtMost());
        Room room = new Room(settings.waiting());
        Clusters clusters = new Clusters(
                room,
                ledger.holds(),
                ledger.pauses(),
                ledger.ledger()::waitedFor,
                settings.noLoadWindows()::endAt,
                core.clock());
        clusters.onHold(new Announcer(core.context()));
        return new ClusterParts(
                secrets,
                new CopyStatement(settings.clusterSchema(), secrets),
                room,
                clusters,
                new LongLoads(settings.loadAtMost(), core.clock()));
    }
}
