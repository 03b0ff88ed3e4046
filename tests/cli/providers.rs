//! The registry of firms and the list for a case on the command line.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::demo::Demo;
use crate::{code, text};

const REPORT: &str = r#"{"urgent": true, "categories": ["ransomware"], "narrative": "Note de rançon à l’écran.",
    "organisation": {"name": "Menuiserie Batardière", "headcount": 46, "commune": "85109"}}"#;

const FIRMS: &str = "nom;commune;zones;sur place;labels;incidents;prestations;capacité;charte;délai sur place;délai de réponse\n\
    Digue et Rempart;Saint-Nazaire;région 52;oui;ExpertCyber;rançongiciel;endiguement, reconstruction;2;2025-02-01;8;2\n\
    Ligérys Réponse;Angers;région 52;oui;PRIS;rançongiciel;endiguement, reconstruction;2;2025-02-01;8;2\n\
    Octobaie;Les Sables-d’Olonne;région 52;oui;PASSI;hameçonnage;audit;2;2025-02-01;8;2\n\
    Sans lieu;Nulle-Part-les-Bains;;;;;;;;;\n";

fn write(demo: &Demo, name: &str, content: &str) -> PathBuf {
    let path = demo.folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    path
}

fn names(firms: &Value) -> Vec<&str> {
    let firms = firms.as_array().unwrap().iter();
    firms.map(|firm| firm["name"].as_str().unwrap()).collect()
}

#[test]
fn a_list_is_drawn_kept_and_made_again() {
    let demo = Demo::of(1);
    let file = write(&demo, "prestataires.csv", FIRMS);
    let import = ["provider", "import", text(&file)];
    let trial = demo.run("lead", &[&import[..], &["--dry-run", "--json"]].concat());
    let told: Value = serde_json::from_slice(&trial.stdout).unwrap();
    // A line is left out, and said so.
    assert_eq!(
        (code(&trial), &told["new"], &told["left_out"]),
        (1, &json!(3), &json!(1))
    );
    assert_eq!(told["problems"][0]["line"], 5);
    assert_eq!(told["problems"][0]["trouble"], "unknown_commune");
    assert_eq!(demo.json("lead", &["provider", "list"]), json!([]));
    assert_eq!(code(&demo.run("lead", &import)), 1);
    let known = demo.json("operateur", &["provider", "list"]);
    assert_eq!(
        names(&known),
        ["Digue et Rempart", "Ligérys Réponse", "Octobaie"]
    );

    let report = write(&demo, "report.json", REPORT);
    let made = demo.json("analyste", &["case", "new", "--from", text(&report)]);
    let reference = made["reference"].as_str().unwrap();
    let list = demo.json("analyste", &["match", reference]);
    assert_eq!(names(&list["shortlist"]).len(), 2);
    assert_eq!(list["excluded"][0]["provider"]["name"], "Octobaie");
    assert!(
        !list["excluded"][0]["reasons"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    let first = &list["ranked"][0];
    assert!(first["score"].is_u64() && first["band"] == 1);
    assert!(!first["criteria"].as_array().unwrap().is_empty());
    let other = demo.json("analyste", &["match", reference, "--seed", "7"]);
    assert_eq!(other["seed"], 7);

    let kept = demo.json("analyste", &["match", reference, "--keep"]);
    assert_eq!(kept["list"]["shortlist"], list["shortlist"]);
    let id = kept["id"].as_str().unwrap();
    let again = demo.json("analyste", &["match", "replay", id]);
    assert_eq!(again["replay"], "same");
    let period = [
        "provider",
        "equality",
        "--from",
        "2020-01-01",
        "--to",
        "2099-12-31",
    ];
    let equality = demo.json("lead", &period);
    assert_eq!(equality["report"]["lists"], 1);

    let folder = demo.folder.path().join("rapport");
    std::fs::create_dir(&folder).unwrap();
    let written = demo.json("lead", &[&period[..], &["--out", text(&folder)]].concat());
    assert_eq!(written["files"].as_array().unwrap().len(), 2, "{written}");

    // The same firms for an event: the plan serves the case, and comes out the same again.
    let plan = demo.json("analyste", &["crisis", "plan", reference]);
    assert_eq!(plan["assignment"]["assigned"][0]["case"], made["id"]);
    let plan = demo.json("analyste", &["crisis", "keep", "Hébergeur", reference]);
    let plan = plan["kept"]["id"].as_str().unwrap();
    let listed = demo.json("analyste", &["crisis", "list"]);
    assert_eq!(listed[0]["id"], plan);
    let same = demo.json("analyste", &["crisis", "replay", plan]);
    assert_eq!(same["same"], true);
    let pages = demo.json("lead", &["crisis", "pdf", plan, "--out", text(&folder)]);
    // The plan and the list of one firm, each with the lead's signature.
    assert_eq!(pages["files"].as_array().unwrap().len(), 4, "{pages}");

    let out = demo.folder.path().join("registre.csv");
    demo.json("lead", &["provider", "export", "--out", text(&out)]);
    let table = std::fs::read_to_string(&out).unwrap();
    assert!(table.contains("Digue et Rempart;"), "{table}");
    // What is there is not written over.
    let twice = demo.run("lead", &["provider", "export", "--out", text(&out)]);
    assert_ne!(code(&twice), 0);
}

#[test]
fn what_is_no_table_and_no_list_is_told_by_the_exit_code() {
    let demo = Demo::of(1);
    let file = write(&demo, "faux.csv", "ville;taille\nNantes;3\n");
    let refused = demo.run("lead", &["provider", "import", text(&file)]);
    assert_eq!(code(&refused), 2);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("no column holds the names"));
    let report = write(&demo, "report.json", REPORT);
    let made = demo.json("analyste", &["case", "new", "--from", text(&report)]);
    let nobody = demo.run(
        "analyste",
        &["match", made["reference"].as_str().unwrap(), "--json"],
    );
    let told: Value = serde_json::from_slice(&nobody.stdout).unwrap();
    assert_eq!(code(&nobody), 1);
    assert!(told["nobody_left"].is_object(), "{told}");
    assert_eq!(code(&demo.run("analyste", &["match"])), 2);
}
