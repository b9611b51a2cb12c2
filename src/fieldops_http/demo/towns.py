"""
Where the demo's people live: real ZIP codes, with invented streets.
"""

from attrs import frozen


@frozen
class Town:
    """
    A ZIP code of the post office, its name, and how many of the office's people live there, by comparison.
    """

    zip: str
    name: str
    share: int


UTAH = (
    Town("84601", "Provo", 10),
    Town("84604", "Provo", 11),
    Town("84606", "Provo", 8),
    Town("84057", "Orem", 7),
    Town("84058", "Orem", 7),
    Town("84097", "Orem", 4),
    Town("84042", "Lindon", 3),
    Town("84062", "Pleasant Grove", 6),
    Town("84003", "American Fork", 6),
    Town("84004", "Alpine", 2),
    Town("84043", "Lehi", 6),
    Town("84045", "Saratoga Springs", 4),
    Town("84005", "Eagle Mountain", 3),
    Town("84663", "Springville", 6),
    Town("84664", "Mapleton", 2),
    Town("84660", "Spanish Fork", 5),
    Town("84653", "Salem", 1),
    Town("84651", "Payson", 3),
    Town("84655", "Santaquin", 2),
    Town("84020", "Draper", 4),
    Town("84070", "Sandy", 5),
    Town("84094", "Sandy", 5),
    Town("84047", "Midvale", 4),
    Town("84095", "South Jordan", 6),
    Town("84065", "Riverton", 5),
    Town("84088", "West Jordan", 5),
    Town("84084", "West Jordan", 4),
    Town("84118", "Kearns", 4),
    Town("84119", "West Valley City", 5),
    Town("84123", "Murray", 5),
    Town("84115", "South Salt Lake", 4),
    Town("84106", "Salt Lake City", 6),
    Town("84102", "Salt Lake City", 4),
    Town("84103", "Salt Lake City", 4),
    Town("84101", "Salt Lake City", 2),
    Town("84032", "Heber City", 1),
    Town("84060", "Park City", 1),
    Town("84648", "Nephi", 1),
)
"""
The last three are so far away that few technicians cover them, or none.
"""

IDAHO = (
    Town("83702", "Boise", 8),
    Town("83704", "Boise", 9),
    Town("83705", "Boise", 7),
    Town("83706", "Boise", 8),
    Town("83709", "Boise", 9),
    Town("83713", "Boise", 7),
    Town("83714", "Garden City", 4),
    Town("83642", "Meridian", 10),
    Town("83646", "Meridian", 9),
    Town("83616", "Eagle", 5),
    Town("83669", "Star", 3),
    Town("83634", "Kuna", 4),
    Town("83686", "Nampa", 7),
    Town("83687", "Nampa", 6),
    Town("83651", "Nampa", 5),
    Town("83605", "Caldwell", 5),
    Town("83607", "Caldwell", 4),
    Town("83617", "Emmett", 1),
    Town("83647", "Mountain Home", 1),
)

ARIZONA = (
    Town("85003", "Phoenix", 3),
    Town("85006", "Phoenix", 4),
    Town("85008", "Phoenix", 5),
    Town("85013", "Phoenix", 4),
    Town("85014", "Phoenix", 5),
    Town("85016", "Phoenix", 6),
    Town("85018", "Phoenix", 6),
    Town("85020", "Phoenix", 5),
    Town("85022", "Phoenix", 6),
    Town("85024", "Phoenix", 4),
    Town("85027", "Phoenix", 4),
    Town("85029", "Phoenix", 5),
    Town("85032", "Phoenix", 6),
    Town("85033", "Phoenix", 4),
    Town("85037", "Phoenix", 4),
    Town("85041", "Phoenix", 5),
    Town("85044", "Phoenix", 5),
    Town("85048", "Phoenix", 4),
    Town("85051", "Phoenix", 4),
    Town("85201", "Mesa", 5),
    Town("85204", "Mesa", 5),
    Town("85205", "Mesa", 5),
    Town("85213", "Mesa", 4),
    Town("85224", "Chandler", 5),
    Town("85225", "Chandler", 6),
    Town("85248", "Chandler", 4),
    Town("85233", "Gilbert", 4),
    Town("85296", "Gilbert", 5),
    Town("85297", "Gilbert", 4),
    Town("85251", "Scottsdale", 5),
    Town("85254", "Scottsdale", 5),
    Town("85258", "Scottsdale", 4),
    Town("85281", "Tempe", 4),
    Town("85283", "Tempe", 5),
    Town("85302", "Glendale", 4),
    Town("85308", "Glendale", 6),
    Town("85345", "Peoria", 4),
    Town("85382", "Peoria", 4),
    Town("85374", "Surprise", 5),
    Town("85323", "Avondale", 3),
    Town("85326", "Buckeye", 2),
)
