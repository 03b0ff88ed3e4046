//! Reference data that the interface keeps at hand.

use super::commit::word;
use super::view::{AxisView, MeasureView, ReferenceView, RegionView, RsitView, ScriptView};
use crate::domain::case::Category;
use crate::domain::intake::MAX_TEXT_CHARS;
use crate::domain::organisation::{OutOfScope, Reorientation};
use crate::domain::people::{Ability, Role};
use crate::domain::team::TeamProfile;
use crate::domain::triage::Axis;
use crate::reference::reflex::MeasureKind;
use crate::reference::script::{Spoken, call_script};
use crate::reference::{profiles, reflex, regions, rsit, severity};

/// The profiles to begin with: the one whose document is known, and an empty one.
#[must_use]
pub fn profile_templates() -> Vec<TeamProfile> {
    vec![profiles::pays_de_la_loire(), profiles::blank("")]
}

/// All reference data at once: it does not change while the application runs.
#[must_use]
pub fn reference_data() -> ReferenceView {
    let owned = |words: &[&str]| {
        words
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
    };
    ReferenceView {
        rsit: rsit::classes()
            .iter()
            .flat_map(|class| class.types.iter().map(move |kind| (class, kind)))
            .map(|(class, kind)| RsitView {
                id: kind.id.to_owned(),
                label_fr: format!("{}\u{a0}: {}", class.name_fr, kind.name_fr),
                label_en: format!("{}: {}", class.name_en, kind.name_en),
            })
            .collect(),
        category_rsit: Category::ALL
            .iter()
            .map(|category| (word(category), owned(rsit::types_of(*category))))
            .collect(),
        measures: measures(),
        script: script_lines(),
        axes: Axis::ALL
            .into_iter()
            .map(|axis| {
                let words = severity::words(axis);
                AxisView {
                    axis,
                    weight: axis.weight(),
                    name_fr: words.name[0].to_owned(),
                    name_en: words.name[1].to_owned(),
                    levels_fr: owned(&words.levels[0]),
                    levels_en: owned(&words.levels[1]),
                }
            })
            .collect(),
        usual_reorientations: OutOfScope::ALL
            .into_iter()
            .map(|reason| (word(&reason), Reorientation::usual_for(reason).to_vec()))
            .collect(),
        regions: regions::regions()
            .iter()
            .map(|region| RegionView {
                code: region.code.to_owned(),
                name: region.name.to_owned(),
                departments: region
                    .departements
                    .iter()
                    .map(|found| found.code.to_owned())
                    .collect(),
            })
            .collect(),
        roles: Role::ALL
            .iter()
            .map(|role| {
                (
                    word(role),
                    Ability::ALL
                        .into_iter()
                        .filter(|ability| role.may(*ability))
                        .collect(),
                )
            })
            .collect(),
        text_limit: u32::try_from(MAX_TEXT_CHARS).unwrap_or(u32::MAX),
    }
}

/// Those to do first, by rank; those to avoid after.
fn measures() -> Vec<MeasureView> {
    let mut measures: Vec<_> = reflex::measures().iter().collect();
    measures.sort_by_key(|measure| (measure.kind, measure.order));
    measures
        .into_iter()
        .map(|measure| MeasureView {
            id: measure.id.clone(),
            categories: measure.categories.clone(),
            general: measure.general,
            avoid: measure.kind == MeasureKind::Avoid,
            title_fr: measure.title_fr.clone(),
            title_en: measure.title_en.clone(),
            detail_fr: measure.detail_fr.clone(),
            detail_en: measure.detail_en.clone(),
        })
        .collect()
}

/// One line for each item, then one for each category with the questions that it calls for.
fn script_lines() -> Vec<ScriptView> {
    /// The item under which a category's questions are asked: the description.
    const DESCRIPTION: u8 = 4;
    let script = call_script();
    let texts = |spoken: &[Spoken]| {
        let french: Vec<String> = spoken.iter().map(|text| text.fr.clone()).collect();
        (french, spoken.iter().map(|text| text.en.clone()).collect())
    };
    let items = script.items.iter().zip(1..).map(|(line, item)| {
        let (prompts_fr, prompts_en) = texts(&line.prompts);
        ScriptView {
            item,
            category: None,
            say_fr: line.sentence.fr.clone(),
            say_en: line.sentence.en.clone(),
            prompts_fr,
            prompts_en,
        }
    });
    let description = script.items.get(usize::from(DESCRIPTION) - 1);
    let follow_ups = script.follow_ups.iter().map(|line| {
        let (prompts_fr, prompts_en) = texts(&line.questions);
        let say = description.map(|line| line.sentence.clone());
        let (say_fr, say_en) = say.map(|say| (say.fr, say.en)).unwrap_or_default();
        ScriptView {
            item: DESCRIPTION,
            category: Some(line.category),
            say_fr,
            say_en,
            prompts_fr,
            prompts_en,
        }
    });
    items.chain(follow_ups).collect()
}
