//! Reference data.

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

use crate::domain::case::Category;
use crate::domain::organisation::Reorientation;
use crate::domain::people::Ability;
use crate::domain::triage::Axis;

/// Reference data that the interface needs at hand.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReferenceView {
    /// RSIT types: identifier and French label.
    pub rsit: Vec<RsitView>,
    /// RSIT types deduced from each category.
    pub category_rsit: BTreeMap<String, Vec<String>>,
    /// Reflex measures.
    pub measures: Vec<MeasureView>,
    /// The call script, one per item.
    pub script: Vec<ScriptView>,
    /// The axes of the severity and what each level means.
    pub axes: Vec<AxisView>,
    /// Where a caller out of scope is usually sent, best first, by reason.
    pub usual_reorientations: BTreeMap<String, Vec<Reorientation>>,
    /// Regions: INSEE code and name.
    pub regions: Vec<RegionView>,
    /// What each role may do.
    pub roles: BTreeMap<String, Vec<Ability>>,
    /// Longest text of one answer, characters.
    pub text_limit: u32,
}

/// One RSIT type.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RsitView {
    /// "malicious-code:ransomware".
    pub id: String,
    /// French class and type.
    pub label_fr: String,
    /// English class and type.
    pub label_en: String,
}

/// One reflex measure to say on the phone.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MeasureView {
    /// Identifier.
    pub id: String,
    /// The categories that call for it.
    pub categories: Vec<Category>,
    /// Proposed while nobody knows what happened.
    pub general: bool,
    /// To be avoided, not done.
    pub avoid: bool,
    /// French title.
    pub title_fr: String,
    /// English title.
    pub title_en: String,
    /// French detail.
    pub detail_fr: String,
    /// English detail.
    pub detail_en: String,
}

/// What to say for one of the ten items.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ScriptView {
    /// 1 to 10.
    pub item: u8,
    /// For this category; none for all.
    pub category: Option<Category>,
    /// The French sentence.
    pub say_fr: String,
    /// The English sentence.
    pub say_en: String,
    /// French follow-up questions.
    pub prompts_fr: Vec<String>,
    /// English follow-up questions.
    pub prompts_en: Vec<String>,
}

/// An axis of the severity.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AxisView {
    /// Which.
    pub axis: Axis,
    /// How much one level counts.
    pub weight: u8,
    /// French name.
    pub name_fr: String,
    /// English name.
    pub name_en: String,
    /// French sentence of each level, 0 to 3.
    pub levels_fr: Vec<String>,
    /// English sentence of each level, 0 to 3.
    pub levels_en: Vec<String>,
}

/// One region.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RegionView {
    /// INSEE code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Codes of its départements.
    pub departments: Vec<String>,
}
